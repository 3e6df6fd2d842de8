"""Buying and what was bought: the sheet that places an order and sends its buyer to pay, and the orders' pages."""
