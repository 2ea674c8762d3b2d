"""Screens of the act room: the practice library, plans, and the steps of a plan."""
