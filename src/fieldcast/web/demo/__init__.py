"""Signing in as anyone of the demo county with one touch. Mounted, and answering, in demo mode only."""
