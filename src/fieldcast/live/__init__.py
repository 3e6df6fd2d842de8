"""The live room: sessions, what they show, chat, transcript and interactions.

What always holds: nobody goes live whose standing is suspended; a host has one live session at a time; what was
said, written and shown is kept with its time; a room's listeners get at most ten frames a second however many
messages arrive.
"""
