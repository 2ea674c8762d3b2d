"""Questionnaires: waves, who may answer, answering, and closing."""
