"""Relationships kept on purpose, moments, and who has not yet been noticed."""
