"""`./run fuzz`: invented bytes for everything that reads bytes from outside, one target each.

A target may refuse in the way its documentation says and in no other, within five seconds and 1.5 GB.
"""
