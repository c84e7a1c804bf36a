"""The language journeys are written in, and the engine that runs it: no I/O, no clock, no catalogue."""
