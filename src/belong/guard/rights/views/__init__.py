"""Pages about the rights of people."""
