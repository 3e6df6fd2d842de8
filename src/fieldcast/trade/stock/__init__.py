"""A lot's units: counted when they are first needed, moved under locks in one order, written off when they are lost."""
