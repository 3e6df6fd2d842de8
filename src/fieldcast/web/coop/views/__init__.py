"""The cooperative's pages, filed by what they are about."""
