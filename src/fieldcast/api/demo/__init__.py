"""The API of demo."""
