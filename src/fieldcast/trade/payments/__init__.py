"""Money that comes: going to pay, notices of providers, our own asking, and booking it once."""
