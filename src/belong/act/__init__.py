"""Named practices, and plans with an owner, a date and a measure."""
