"""Pages about ideas walls: for those who keep and read them, for the screen and the printer, and for pupils."""
