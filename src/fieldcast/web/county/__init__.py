"""The county's dashboard: what needs a person today, and every figure with the rows and the formula it comes from.

For the county's authority alone. Nothing here decides anything: it shows what the rooms below have written.
"""
