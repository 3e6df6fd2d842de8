"""A cooperative's books as its members may read them: what its sales brought, month by month, and to whom."""
