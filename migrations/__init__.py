"""The history of the tables, oldest first; imports nothing of Kutse but its tables."""
