"""Pages of the service centre: what waits there, people to be helped, the sessions of the county."""
