"""Ticks: letters leave, what is due happens, what is old is forgotten."""
