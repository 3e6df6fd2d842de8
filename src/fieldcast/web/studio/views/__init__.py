"""The studio's views, filed by what they show."""
