"""Figures of check-ins: each round's release, question by question over time."""
