"""The host's studio: today, plans, the run sheet, the live view, what a session brought. For those who run a session:
its host's owners and managers, and for a session page its cooperative's too.
"""
