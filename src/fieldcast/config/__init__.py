"""Starts the house: settings, urls, the embedded database and the process runner."""
