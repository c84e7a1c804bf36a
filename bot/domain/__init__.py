"""What the school and its people are: no I/O, no clock, no language."""
