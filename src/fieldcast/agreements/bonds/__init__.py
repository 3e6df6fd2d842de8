"""Bonds that parties leave behind their promises, and penalties that are taken from them."""
