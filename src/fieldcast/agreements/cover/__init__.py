"""What stands behind a promise that a price does not carry: a cooperative's deposit, and the room a named fund gives.

What always holds: money comes in against a bank slip that is used once; no deposit and no fund goes below zero (the
ledger refuses it); what funds promise to cooperatives never passes their cash, so the same yuan stands behind one
promise; whatever is drawn from a fund is owed to it, `claims` and `advance` telling the same from both sides.

Locks, in this order: a cooperative's cover (an advisory lock, taken before any offer, order or account), then funds in
id order, then the ledger's accounts.
"""
