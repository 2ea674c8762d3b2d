"""Signing in: passwords, second factors, invitations, sessions, and what slows a guesser down."""
