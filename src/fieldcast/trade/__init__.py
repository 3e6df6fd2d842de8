"""The sale: stock, offers, orders, payments, parcels, refunds. A folder a topic; `operations`, `queries`, `types` and
`problems` gather them for the other rooms, `models` holds every table and `sql` the functions of the database.

What always holds, at every commit: for every lot, harvested = on hand + reserved + sold + written off, and for every
offer, held + sold never exceeds its packs. Locks are taken late and in one order: offer, lot stock, order, ledger
accounts (`stock/units.py`). What is checked is checked after the lock.
"""
