"""A year of a school from the first day to the findings."""

import asyncio
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from structlog.testing import capture_logs

from bot.demo.stage import DEMO_SCHOOL
from bot.for_good import kept_for_good
from bot.school import load_school
from bot.simulation import places, reckoning, to_many
from bot.simulation.clock import DAY, WEEK
from bot.simulation.findings import Findings, gini
from bot.simulation.here import DatabaseHere
from bot.simulation.reckoning import GUEST, MEETING, PAIR, SEARCH, Histories
from bot.simulation.year import Progress, Wish, Year
from bot.storage.database import open_database
from bot.storage.tables import metadata


def simulate(
    wish: Wish, progress: Progress = lambda *_: None, school: Path = DEMO_SCHOOL
) -> Findings:
    """Let a year of a school go by, and return what it has shown; the same wish shows the same."""
    with TemporaryDirectory(prefix="kutse-year-") as name, capture_logs() as logged:
        folder = Path(name)
        url = f"sqlite:///{folder / 'year.sqlite'}"
        with closing(open_database(url)) as database:
            metadata.create_all(database.engine)
        with kept_for_good():
            year = Year(wish, load_school(school), folder, lambda: DatabaseHere(url))
        happened = asyncio.run(year.run(progress))
    return findings_of(year, happened, sum(one["log_level"] == "error" for one in logged))


def findings_of(year: Year, happened: Histories, failures: int) -> Findings:
    """Return what a year has shown."""
    wish, end, deliveries = year.wish, year.end, year.ledger.deliveries
    searches, pairs = happened.steps[SEARCH], happened.steps[PAIR]
    events = reckoning.counted(searches)
    people = year.ledger.people
    matched = reckoning.reached(searches, "found")
    unasked = to_many.unasked(deliveries)
    ends = Counter(all_[-1].event for all_ in pairs.values() if all_[-1].to == "ended_early")
    word = reckoning.longest_without_word(
        happened,
        deliveries,
        end,
        lambda where: people[where].left_at,
        lambda where: people[where].number,
    )
    writings = {one.number: one for one in year.people.writings}
    everybody = {one.number: one for one in year.people}
    full = _fullness(year, happened)
    to_guests = happened.steps[GUEST]
    deleted = frozenset(one.number for one in year.people if one.has_deleted)
    return Findings(
        days=wish.days,
        alumni=wish.alumni,
        students=wish.students,
        mentors=len(happened.asked),
        turns=year.turns,
        letters=len(deliveries),
        restarts=year.restarts,
        requests=len(searches),
        asked=events["MentorReserved"],
        accepted=events["Accepted"],
        declined=events["Declined"],
        expired=sum(
            one.event == "NoAnswer" and one.to in {"waiting", "with_school"}
            for all_ in searches.values()
            for one in all_
        ),
        waited=sum(any(one.event == "NobodyFree" for one in all_) for all_ in searches.values()),
        days_to_match=tuple((at - searches[case][0].at) / DAY for case, at in matched.items()),
        hours_to_answer=reckoning.hours_to_answer(searches),
        hours_without_action=reckoning.longest_without_action(happened, end) / timedelta(hours=1),
        days_without_word=word / DAY,
        most_in_a_day=reckoning.most_within(unasked, DAY),
        most_in_a_week=reckoning.most_within(unasked, WEEK),
        in_quiet_hours=reckoning.in_quiet_hours(deliveries, year.school),
        meetings=reckoning.counted(happened.steps[MEETING])["Met"],
        pairs=len(pairs),
        closed=len(reckoning.reached(pairs, "closed")),
        ended_early=sum(ends.values()) - ends["Faded"],
        faded=ends["Faded"],
        gini=gini(happened.asked),
        lost=year.letters.lost(end),
        doubled=year.letters.doubled(deliveries, deleted),
        failures=failures,
        written=len(happened.sent),
        to_many=sum(one.is_to_many for one in deliveries),
        guests=len(to_guests),
        coming=len(reckoning.reached(to_guests, "coming")),
        offered=sum(one.event == "SeatOffered" for all_ in to_guests.values() for one in all_),
        lapsed=sum(one.event == "OfferEnded" for all_ in to_guests.values() for one in all_),
        thanked=len(reckoning.reached(to_guests, "thanked")),
        missed=len(reckoning.reached(to_guests, "missed")),
        on_weekends=to_many.on_weekends(deliveries, year.school),
        unwanted=to_many.unwanted(deliveries, writings, everybody),
        too_soon=to_many.too_soon(deliveries, writings, everybody, year.school.zone),
        twice=to_many.twice(deliveries),
        forgotten=to_many.forgotten(
            deliveries,
            happened.sent,
            writings,
            year.people.alumni,
            year.school,
            end,
            year.ledger.in_flight,
        ),
        over_full=full.over,
        hours_beside_a_place=full.waited / timedelta(hours=1),
        weeks=reckoning.weeks(searches, year.start, end),
    )


def _fullness(year: Year, happened: Histories) -> places.Fullness:
    """Return how full events were, by what everybody was told and how guests stood."""
    people = year.people
    ends = {
        one.number: min(at for at in (planned.starts_at, planned.moved_to) if at)
        for one in people.writings
        if (planned := one.gathering)
    }
    changes = places.by_event(
        places.told(people),
        places.made(people.staff.room),
        year.guests.changes(happened.steps[GUEST]),
    )
    return places.fullness(changes, ends)
