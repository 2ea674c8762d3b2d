"""Waves become releases; releases become scores, gaps, change and the pages that show them."""
