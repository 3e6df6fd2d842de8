"""Kept files: what people hand in, photos, signed sheets and documents, as pictures.

What always holds: nothing is kept that was not decoded and drawn anew, so no byte of what was sent is ever sent on;
what a phone wrote beside its picture (where, when, with what) is taken out, kept apart and encrypted; content lies
encrypted on the disk, under a name made by chance; every file has a stated end, at which its content goes and the row
that it was there stays; nobody reaches one but through a rule, of its own or of the room that it belongs to.
"""
