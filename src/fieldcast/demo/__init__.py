"""The demo county: invented, consistent, seeded."""
