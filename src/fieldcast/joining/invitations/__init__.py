"""Invitations by phone number: sent, accepted, declined, taken back, over after two weeks."""
