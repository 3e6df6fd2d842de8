"""Science: arrays and dataclasses in, dataclasses out. No Django, no clock, no I/O, no hidden randomness."""
