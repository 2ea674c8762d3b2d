"""Recognition tied to the school's own values and traits, and each pupil's timeline."""
