"""The API of agreements."""
