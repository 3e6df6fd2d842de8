"""The API of settlement."""
