"""What statements say, by month: one party's, one county's. Read set-wise from statement lines, kept nowhere else.

What always holds: the parts of a month add up to its statements, and those to what the book moved.
"""
