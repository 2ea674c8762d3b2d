"""Keeping relationships on purpose: strategies, intentions, weeks until the next look, handing over."""
