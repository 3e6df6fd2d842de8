"""What was changed about an offer, by whom and when: its history of prices and packs, append-only."""
