"""A whole sale rehearsed over HTTP, with buyers who race, pay late, pay twice, leave and change their minds.

What always holds: a rehearsal speaks to the platform as anyone could, over HTTP; its verdict is read from the rows of
the database by the platform's own checks, never from its own counters; it fails when any rule of the house does.
"""
