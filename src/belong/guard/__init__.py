"""Backup and restore. Later: concerns and triage, retention, subject access."""
