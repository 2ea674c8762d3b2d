"""Pages about badges: keeping and giving them, a pupil's own, verifying, what verifiers fetch."""
