"""Ways in: asking to farm, sell, host or carry; answering that; inviting by phone number, and answering that."""
