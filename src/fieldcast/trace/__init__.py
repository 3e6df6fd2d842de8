"""What happened to a lot, from the field to the door.

What always holds: an event, once recorded, is never changed or deleted (a correction is a new event that names the one
it corrects), and each event carries the hash of the one before it, so that a missing or altered one shows.
"""
