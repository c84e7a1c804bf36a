"""Writing to many: its words in each language, whom it is for, and the last look before it is sent."""
