"""Conversation starters and quick polls for the classroom screen."""
