"""A rehearsal in which every process of the platform is killed, or stopped in the middle, while the sale goes on.

What always holds: the platform runs as it would for a county, in processes of its own that know nothing of the
rehearsal; what is killed is killed by the operating system; recovery is timed from outside, by the first good answers.
"""
