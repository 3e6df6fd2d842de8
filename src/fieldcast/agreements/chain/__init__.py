"""The long chain: what a product passes through from the field to a consumer where nobody sells it live.

The county writes its stages down for a product, each with what it adds, where that is known from and of which day. A
stage that nobody knows is a gap, never a zero. A chain is only ever added: the newest of a product holds.
"""
