"""Pages: coop."""
