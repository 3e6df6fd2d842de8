"""Requests to farm, sell, host or carry: asked, asked more about, accepted, declined, taken back."""
