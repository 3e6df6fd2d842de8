"""The policy laboratory, open to everyone: what a subsidy, a fine or a deposit does to honesty in the live room.

Every state of it is an address, and everything on the page follows from that address; nothing is kept.
"""
