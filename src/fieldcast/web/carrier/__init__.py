"""Pages: a carrier's day. What is to be fetched, what is on the way, what was delivered."""
