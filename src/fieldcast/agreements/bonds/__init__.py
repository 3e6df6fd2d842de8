"""What a party leaves behind an agreement: its performance bond, guarantee letters of banks, and penalties.

What always holds: a bond's cash is spent by nothing but a confirmed penalty, and goes back only as far as it is free;
no bond goes below zero (the ledger refuses it); a penalty is confirmed once for a decision and a clause, and never for
more than the clause says; what a bond and its letters do not carry is owed, `owed` and `due` telling the same from both
sides, so that cash stays what is in the bank. Cash never lies beside a debt: what comes pays the oldest debt first.

Money that came is always written down: what passes the agreed sum is free to go back at once. Everything else is free
when the agreement has ended, no case about it is open and nothing is owed. A letter counts up to what was not called on
it, until the day it runs out. Of payouts, only what was earned under a version that names a bond or a penalty is kept.

Locks, in this order: the bonds of agreements (an advisory lock, in the order of their ids, after all that settlement
locks), then items of the desk, then the ledger's accounts.
"""
