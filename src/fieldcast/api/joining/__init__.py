"""The API of joining."""
