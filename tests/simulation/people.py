"""Somebody of a made-up school, for tests that reckon what they got."""

from random import Random

from bot.demo.stage import DEMO_SCHOOL
from bot.gateways.port import Network
from bot.school import load_school
from bot.simulation.habits import End, Habits, Tastes
from bot.simulation.inhabitants import Inhabitant

SCHOOL = load_school(DEMO_SCHOOL)
ANNA = 7


def anna(end: End = End.STAYS) -> Inhabitant:
    """Return Anna, who has said nothing yet, and takes leave some day as `end` says."""
    habits, tastes = Habits(1, 1, 1, 1, 0, end=end), Tastes(frozenset(), "")
    draw = Random(1)
    return Inhabitant(ANNA, "Anna", Network.WEB, "et", habits, tastes, draw, SCHOOL.zone)
