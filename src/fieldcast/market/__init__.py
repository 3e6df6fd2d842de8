"""Signals from the rooms: what was asked, liked and bought, kept apart from anyone's name."""
