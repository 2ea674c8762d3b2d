"""Badges with criteria, issued as Open Badges 3.0."""
