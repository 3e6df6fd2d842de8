"""Kinds of source that tests put beside the real ones: each is a folder, and nothing else names it."""
