"""Orders from the press of a button to the end: placing, ending, what was sold, what settlement may settle."""
