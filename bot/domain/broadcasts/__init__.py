"""Broadcasts: one letter to many, each in their language, and nobody twice."""
