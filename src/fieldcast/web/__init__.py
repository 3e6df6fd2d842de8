"""The pages. A view loads what it shows through a rule, makes one domain call and translates the result for a reader;
nothing is decided here that the API would have to decide again."""
