"""What a session sells: offers, their history, the sessions they are made in, and who covers what a price lacks."""
