"""A second provider, as another company would add one: the sandbox's signatures at an address of its own."""
