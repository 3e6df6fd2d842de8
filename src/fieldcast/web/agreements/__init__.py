"""Public pages about agreements: whether a version with a hash was signed. No person, no money."""
