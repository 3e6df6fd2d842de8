"""The book of money: accounts per party and purpose, transfers, postings and holds, in whole fen. It knows no orders.

What always holds, at every commit and by the database's own guards: the postings of a transfer sum to zero and are at
least two; transfers and postings are never changed, deleted or added to later; an account's balance is the sum of its
postings; no account goes below zero or below what is held on it, except those whose purpose allows it (the world
outside, and advances still owed); a client id is applied once.
"""
