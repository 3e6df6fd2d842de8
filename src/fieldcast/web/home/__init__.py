"""The first page: who is live, who comes next, what is in season and where it can be bought."""
