"""Makes the people, places and goods that tests need, through the same operations the product uses."""
