"""Claims, checks, audits, reports, cases, integrity records, early warning.

What stands here now: a host's reported sales held against orders, payments and parcels (row S2). What always holds: a
check shows the figures it compared and where each came from; a missing figure is unknown, not zero.
"""
