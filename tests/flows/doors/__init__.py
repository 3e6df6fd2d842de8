"""Every door of the platform: the table of who may enter, the scene behind the doors, and the walk along them."""
