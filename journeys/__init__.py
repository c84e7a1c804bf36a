"""The journeys: one folder each, which holds a journey whole and knows no other."""
