"""A year of a made-up school on a clock of its own: its people speak to the real bot, and every promise is measured."""
