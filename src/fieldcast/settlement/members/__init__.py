"""The account that a cooperative keeps of each member (农民专业合作社法, art. 43): what it put in, its part of the
reserve, and its trade.

What always holds: contributions and parts of the reserve are rows that are only ever added to, each with who wrote it,
when and why; no account goes below zero; what nobody ever wrote down is unknown, not zero. Trade and what was given
back are sums of statement lines and are kept nowhere else.
"""
