"""The API of supply."""
