"""The county's views, filed by what they show."""
