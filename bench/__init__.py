"""Measurements; each is a command whose last line is `bench NAME key=value …`."""
