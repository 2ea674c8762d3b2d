"""What the parts of the ask room add to the world that the table of addresses walks."""
