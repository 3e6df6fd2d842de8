"""Dues: what one party owes another because no money was there when it should have moved.

Money is paid out as soon as it is earned, so when a month's base pay falls due, or a buyer gets money back for what was
settled long ago, the wallet that should pay is empty. Nothing is paid that nobody paid in: the debt is written down,
in the book as `debt` of one and `credit` of the other, and kept from the debtor's next payouts, the oldest first, of a
household never more than 30 % of each. What always holds: `debt` and `credit` sum to zero; what was paid of a due never
passes it.
"""
