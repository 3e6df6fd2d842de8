"""A packed parcel's way with its carrier: whose it is to fetch, each step of the way, what could not be delivered.

An order's own states stay the sale's: a carrier that fetches a parcel sends the order off, and one that delivers it
does not receive it. What always holds: a parcel has one carrier from the moment it is packed; its state moves only as
`types.MOVES` says, under its order's lock; each step keeps who took it, when they say it was, and when we heard of it.
"""
