"""JSON API v1: the same operations as the pages, for programs."""
