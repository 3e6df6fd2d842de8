"""Who agreed what: agreements between a cooperative, its farmers, a host and the platform, in numbered versions.

What always holds: a version's terms never change once written; an order line keeps the version it was sold under.
"""
