"""The group maker: people, ties and rules in; groups, what could not be met and why, and a bound out.

Empty for now. It will hold `problem` (what is asked), `search`, `bound` and `explanation`, stand alone
from the other engines, and work from a notebook.
"""
