"""Money going back to buyers."""
