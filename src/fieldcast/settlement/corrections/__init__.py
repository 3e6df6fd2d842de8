"""Money that goes back to a buyer after the line was settled and everyone paid out.

The line's own shares are worked out again with what went back, clause by clause: what was done stays paid, what
follows the money shrinks. The difference is a correction statement; the old one stays as it is. The buyer does not
wait: what the cooperative was paid too much comes from its own deposit as far as that is free, the rest from a fund
of the county, and whoever was paid too much owes it to the fund, from its next payouts, a household never more than
30 % of each. What the county decides that one party bears is that party's alone.

What always holds: the lines of an order line's statements sum to what was kept of it, before and after; nothing goes
back that no fund has.
"""
