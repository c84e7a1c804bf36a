"""The demo as a newcomer to Kutse opens it."""
