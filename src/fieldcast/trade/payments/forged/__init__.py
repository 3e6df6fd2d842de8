"""Forged notices, and whatever else comes to a notice address in such numbers that not every piece of it can be kept.

What always holds: the first of an hour are kept with what they said, all others are counted, and both come to an end.
So a stranger who sends notices all day fills neither the disk nor anybody's list, and costs nobody's payment its turn:
the provider's own notices stand in a table of their own, for ever.
"""
