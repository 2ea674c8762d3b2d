"""belong: a school's own system to know whether every child belongs, to act, and to see whether acting helped."""

__version__ = "0.1.0"
