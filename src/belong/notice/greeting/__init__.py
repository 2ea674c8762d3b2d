"""Greeting well: how to say a name, who is back, what colleagues talk up."""
