"""Orders that the county sold on other platforms, brought in from those platforms' own exports.

What always holds: a file is taken whole or not at all; taking it twice changes nothing; an order is known by its
channel and the number it has there; what changed is kept beside what it was; nothing here touches the platform's own
stock, orders or ledger; and of the buyer only the province, and the city where the export has it, is ever stored.
"""
