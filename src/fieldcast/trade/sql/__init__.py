"""Functions of the database that trade calls, one a file (see `kit.sql`)."""
