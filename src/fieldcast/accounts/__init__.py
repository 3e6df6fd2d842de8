"""Counties, people, organisations, memberships, tokens, and an organisation's standing.

What always holds: a person signs in by phone number; phone numbers, names and addresses are encrypted at rest and found
by a keyed hash; a role is held in an organisation of the person's own county.
"""
