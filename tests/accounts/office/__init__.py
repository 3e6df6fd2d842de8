"""The office: what administrators may do, and what is kept of it."""
