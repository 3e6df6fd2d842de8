"""The API of what buyers and sellers write to each other."""
