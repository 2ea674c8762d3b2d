"""Where pupils feel they belong, on the school’s own plan."""
