"""Fast payout: a line is paid the day after its receipt, less a reserve, and settled when its time for refunds is over.

The buyers' money stays where it is. A fund of the county lends what is paid early, and gets it back when the line is
settled, out of what the line then comes to: the rest of it is what was kept. So a refund in between is paid out of the
line's own money, as any refund is; what it leaves too little for is owed to the fund, and taken from the next payouts,
of a household at most 30 % of each (`dues`).

What always holds: a line is paid early once; of every share at most what the reserve leaves; never more than a fund has
free above its floor; nothing to a party that owes something.
"""
