"""What a fund pays in advance by itself, and what only a person decides.

A fund pays at once when a decision stands and its debtor cannot. Below the floor that the county sets for it nothing
goes by itself: it is asked for, one of the authority approves or declines with a reason, and the buyer is told that it
is being looked at. What always holds: a question is answered once; nothing goes that no fund has.
"""
