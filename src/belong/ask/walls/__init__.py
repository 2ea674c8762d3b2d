"""Ideas walls."""
