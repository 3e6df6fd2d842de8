"""Votes of a cooperative's members: on a version of an agreement before the cooperative agrees to it, or on a question.

One household, one vote; more than one for a few, together at most a fifth of the members. At least two thirds of the
members take part, and more than half of all votes say yes, two thirds of them in weighty matters (农民专业合作社法,
art. 22 and 30). The roll is fixed when the vote is called. What is said may be changed until it ends; the last word of
a household counts, and nothing that was said is ever taken out.
"""
