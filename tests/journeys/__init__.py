"""The journeys, as people live through them."""
