"""Changes made to the tables by hand, as the platform's own database user: each is refused or found."""
