"""Answers on paper, typed in by an adult."""
