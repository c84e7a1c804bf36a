"""What the command line does, as the people who type it see it."""
