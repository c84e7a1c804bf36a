"""A made-up school with a clock of its own, to look at what Kutse does."""
