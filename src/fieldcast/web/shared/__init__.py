"""The ground floor of the pages: what every face uses, and no face owns."""
