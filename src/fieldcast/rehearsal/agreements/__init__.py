"""Two months of a sale under terms that combine all six models, played by the rooms' own operations, then judged.

There is a claim, a return of money after it was paid out, a penalty, and settlement runs that are killed. The clock is
the play's: what takes two months takes a minute. What always holds: the verdict is read from the rows of the database
by the platform's own checks; a run that is killed is a process of its own, and is killed by the system.
"""
