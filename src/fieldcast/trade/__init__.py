"""The sale: offers, stock, reservations, orders, payments, shipments, after-sales, and orders from outside.

What always holds, at every commit: for every lot, harvested = on hand + reserved + sold + written off, and for every
offer, held + sold never exceeds its units. Locks are taken late and in one order: offer, lot stock, order, ledger
accounts. What is checked is checked after the lock.
"""
