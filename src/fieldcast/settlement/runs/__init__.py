"""A run, step by step: what a chunk of one seller's lines comes to, its statements, the money it moves and pays out."""
