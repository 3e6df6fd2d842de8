"""Pages: farm."""
