"""The administration of the installation: its county, people found by number, organisations and roles, how it runs.

For people who administer it; Django's own admin lies behind it.
"""
