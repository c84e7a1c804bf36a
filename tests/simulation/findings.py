"""Findings of a year in which all went well, for tests that look at one thing of it."""

from dataclasses import replace
from typing import Any

from bot.simulation.findings import Findings, Week

GOOD = Findings(
    days=365,
    alumni=30,
    students=12,
    mentors=9,
    turns=1200,
    letters=2000,
    restarts=16,
    requests=10,
    asked=14,
    accepted=8,
    declined=3,
    expired=2,
    waited=3,
    days_to_match=(0.5, 1.0, 2.0, 9.0),
    hours_to_answer=(1.0, 2.0, 30.0, 70.0),
    hours_without_action=72.0,
    days_without_word=6.9,
    most_in_a_day=1,
    most_in_a_week=2,
    in_quiet_hours=0,
    meetings=20,
    pairs=8,
    closed=5,
    ended_early=2,
    faded=1,
    gini=0.25,
    lost=0,
    doubled=0,
    failures=0,
    written=12,
    to_many=200,
    guests=40,
    coming=25,
    offered=6,
    lapsed=2,
    thanked=20,
    missed=5,
    weeks=(Week(2, 1, 0), Week(0, 0, 1), Week(3, 4, 0)),
)


def but(**changed: Any) -> Findings:
    """Return the findings of a good year, but for what has *changed*."""
    return replace(GOOD, **changed)
