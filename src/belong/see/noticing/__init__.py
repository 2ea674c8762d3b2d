"""Figures about noticing: how relationships stand, moments, recognition, empty places, and whom pupils can turn to.

Released on fixed half-term dates through the same engine as a wave, never live, and never about one adult.
"""
