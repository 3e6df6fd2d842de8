"""The ground floor of the pages."""
