"""Moments in depth: notes home, observations, circle-backs owed, fair share."""
