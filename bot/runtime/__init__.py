"""Turns: one event and all that follows from it, in one transaction."""
