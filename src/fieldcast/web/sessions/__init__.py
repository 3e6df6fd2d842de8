"""Running a session: planning it, what it offers, what it sold. Written once, for every face that runs one."""
