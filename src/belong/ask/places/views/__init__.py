"""Pages about places: for staff who keep plans and ask, for those who read words, and for pupils."""
