"""Arrears: who waits for what since when, in a county. Read from the rows each time, so it is never out of date."""
