"""Messages to a person: what happened that they should know of, where to look at it, and until when if there is an end.

What always holds: a message is a fact, written in the transaction of what it tells of and never changed but that it is
read, once; it holds the facts of its kind and no sentence, so each reader reads it in their own language; the same
`once_key` reaches a person once; nobody but its reader sees it; nobody is woken in the quiet hours.
"""
