"""Production, storage, logistics and sales on one page (row C1); later forecasts, matching, routes and cold stores.

What always holds: figures come from the rooms that own them and say when they were read; outside sales are shown beside
our own, never added into our stock.
"""
