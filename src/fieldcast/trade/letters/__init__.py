"""Buyers and sellers write to each other, about an order or about a lot before it is bought."""
