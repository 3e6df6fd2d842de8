"""Buyers ask for money back, and are answered in time."""
