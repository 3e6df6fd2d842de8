"""What an installation needs done: its county's names and villages, who works where, who may sign in, who administers.

What always holds: whoever does something here administers that very county at that moment, asked behind a lock of the
county; nobody does it to oneself, so somebody who administers always stays; each deed is kept with who, when and why.
"""
