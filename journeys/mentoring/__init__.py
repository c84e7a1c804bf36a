"""Mentoring."""
