"""The live pages: what is on, the room itself, and the stream of server-sent events behind it."""
