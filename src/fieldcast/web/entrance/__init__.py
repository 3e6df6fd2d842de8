"""Pages for whoever is not in yet: a forgotten password, the terms of use, the privacy notice."""
