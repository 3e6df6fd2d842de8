"""Ways in: who asks to farm, sell, host or carry here, who answers, and who is invited by a phone number.

What always holds: one request of a person and kind waits at a time, with somebody who answers it by a day; accepting
makes the organisation, the role and the farm in one transaction or none of them; nobody gets a role without saying yes;
an inviter never learns whether a number has an account; how it came is read step by step, and no step is ever changed.
"""
