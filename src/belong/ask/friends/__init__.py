"""Whom pupils like to be with."""
