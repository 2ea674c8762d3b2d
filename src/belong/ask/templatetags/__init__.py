"""Tags of the ask room."""
