"""A payment provider to practise with: it behaves like a real one, faults and all, and moves no money.

`client.py` is the adapter the platform uses (with Django's settings); `server.py` is the provider itself, a
program of its own that knows no Django and keeps its own books. They share how checkouts and messages are
signed, and nothing else.
"""
