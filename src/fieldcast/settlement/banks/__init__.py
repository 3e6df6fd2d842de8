"""The way to the bank: accounts, batches of payouts, what the bank says of them, and what comes back.

A payout has left its wallet when it is written down. It goes to the bank in one batch, to the account that its party
has named by then; the bank confirms it, or returns it, and then the money is in the wallet again, in one transaction
and once. It goes out once more when the party has named another account.

What always holds: a payout is in one batch and has one result of each kind; what a file of the bank says counts only
where it names this batch, this payout and this sum; what was returned reads as paid out nowhere.
"""
