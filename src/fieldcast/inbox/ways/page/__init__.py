"""The bell on every page: the message's own row is what it shows, at once and at any hour."""

from fieldcast.inbox.ways.interface import Way

WAY = Way(wakes=False, carry=None)
