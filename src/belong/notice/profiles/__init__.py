"""One page per pupil, approved by the pupil, each field with its audience."""
