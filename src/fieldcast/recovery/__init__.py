"""How somebody who forgot their password gets back in: by a code that a person at the service centre makes after
looking at who asks, or by one that is sent to their phone where the installation has a way to phones.

What always holds: a code opens one account once, within a quarter of an hour; it is kept as a keyed hash alone; a newer
one ends it, and so do five wrong tries; who made it for whom, when, and what was looked at is never changed. Nobody but
its owner ever sets or sees a password.
"""
