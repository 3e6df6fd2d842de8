"""Period sheets: a month of an agreement's version, settled by its clauses of the period.

A month is settled three days after it is over, so that what was done can be confirmed. Its lines are those whose
statements were issued in it: each falls into one month, corrections too. What was recorded of the agreement counts on
the sheet of the version that stood at the month's end, so nothing counts twice when terms change inside a month.

What always holds: one sheet a version and month; the amounts of a sheet sum to zero; every amount leads back to its
clause, formula and the facts that the sheet keeps; what a giver has no money for is owed (`settlement.dues`).
"""
