"""Letters put into the language of their reader."""
