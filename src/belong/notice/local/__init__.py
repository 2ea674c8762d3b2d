"""Local knowledge for staff: places, shops, festivals, who to meet."""
