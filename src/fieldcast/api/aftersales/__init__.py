"""The API of trade."""
