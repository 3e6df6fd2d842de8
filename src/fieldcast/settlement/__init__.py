"""Applies agreements to finished orders: statements that explain every fen, and payouts.

What always holds: an order line is settled once; the lines of its statements sum to what was paid less what was
refunded; every statement line leads back to the order line, the agreement version and the clause that put it there;
statements are never changed, a correction is a new statement.
"""
