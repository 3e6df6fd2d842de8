"""The API of what stands behind cooperatives: deposits, funds, limits."""
