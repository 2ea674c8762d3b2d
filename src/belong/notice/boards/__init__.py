"""Hype and gratitude boards for a class or a corridor."""
