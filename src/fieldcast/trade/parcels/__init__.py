"""A paid order's way: packed, shipped, received; and what lots' histories are told of it."""
