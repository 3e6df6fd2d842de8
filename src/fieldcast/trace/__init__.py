"""What happened to a lot, from the field to the door, and whether it may be sold.

What always holds: an event, once recorded, is never changed or deleted (a correction is a new event that names the one
it corrects), and each event carries the hash of the one before it, so that a missing or altered one shows. What an
event says is a fact of its kind (`trace.facts`), checked when it is written: who may say it, when it can have been,
and that it can be of this lot. A lot's sale is stopped and resumed here alone, with the record of why; a test that
was not passed stops it by itself.
"""
