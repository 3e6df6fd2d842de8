"""The cooperative as the one counterparty of its members: what selling alone would be like, as far as anybody knows.

The cooperative writes the figures down with their source; the newest hold. What they are compared with (prices paid,
parcels packed, requests answered, penalties agreed) is measured, not written.
"""
