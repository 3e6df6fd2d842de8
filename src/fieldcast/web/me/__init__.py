"""Pages about oneself: the name others see, addresses, keys for programs, the places one works in."""
