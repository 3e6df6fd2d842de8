"""What is recorded under an agreement and counts in its period: acceptance, service, shares, force majeure, salvage.

What always holds: rows are only ever added; a service counts once the one who was served has confirmed it, and nobody
serves themselves; who holds what changes at the beginning of a month, never inside one that has begun; what is taken
back of an acceptance is another row, and no lot's acceptance goes below zero.

A month is the county's: it begins at midnight in China (`kit.months`).
"""
