"""Template tags: how the domain's values are said to people. Pure wording in `words`, geometry in `shapes`."""
