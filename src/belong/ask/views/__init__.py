"""Pages of the ask room: `waves`, `classes`, `links`, `said` for staff; `getting_in`, `answering` to answer."""
