"""A lot's public page: where food came from, what happened to it, and whether its records still hold together."""
