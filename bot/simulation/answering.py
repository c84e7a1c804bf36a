"""What somebody presses or types when they look at a sheet: always something that they were really given."""

from collections.abc import Iterable, Mapping
from random import Random

from bot.simulation.habits import Habits, Tastes
from bot.texts.sheets import Row, Sheet

SKIP = "/skip"
WORDS = {
    "QuestionAsked": "How many hours a week do you have for this?",
    "QuestionAnswered": "About two hours, in the evening.",
    "Passed": "Hello, how are you? I look forward to meeting you.",
    "ContactOffered": "my number is +372 5550 0199",
    "TimesProposed": "Café by the harbour",
    "ImpressionGiven": "Longer, please",
}
"""What is typed where nothing can be pressed, by what was begun."""
NEEDS = "A place near the door"
FEEDBACK = ("Thank you for your time.", "1450", "3")
"""The line, the pay and the months, in the order in which they are asked."""
EXPECTED = ("1300", "4")
SOMEBODY = "Peeter Kukk"
"""Not to be anybody's mentor."""


def options(sheet: Sheet) -> dict[str, Row]:
    """Return what can be pressed on a sheet by what each means, without the case or question it belongs to."""
    return {_meaning(row): row for row in sheet.rows}


def _meaning(row: Row) -> str:
    return row.data.split(":", 3)[-1]


def among(draw: Random, shares: Mapping[str, float]) -> str | None:
    """Draw one of several, each with its share; None for what is left of 1."""
    left = draw.random()
    for one, share in shares.items():
        if left < share:
            return one
        left -= share
    return None


def in_a_case(draw: Random, habits: Habits, offered: Iterable[str]) -> str | None:
    """Return which of the actions that a case offers somebody takes; None if they leave it."""
    can = frozenset(offered)
    slots = sorted(one for one in can if one.startswith("SlotChosen"))
    shares: dict[str, float] = {}
    if "Accepted" in can:
        asks = habits.asks_back if "QuestionAsked" in can else 0
        no = (1 - asks) * (1 - habits.says_yes) / 3
        declined = [f"Declined.{why}" for why in ("not_my_topic", "no_time", "later")]
        shares = {"QuestionAsked": asks, **dict.fromkeys(declined, no)}
        shares["Accepted"] = 1 - sum(shares.values())
    elif slots:
        shares = {**dict.fromkeys(slots, 0.88 / len(slots)), "NoneSuits": 0.12}
    elif "Coming" in can:
        shares = {"Coming": 0.9, "AnotherTime": 0.06, "CannotCome": 0.03}
    elif "Met" in can:
        shares = {"Met": 0.91, "NotMet": 0.06, "WillNotMeet": 0.03}
    elif "InTouch" in can and "Passed" in can:
        shares = {"InTouch": 0.5, "Passed": 0.3, "Stopped": 0.07}
    elif "GoesOn" in can:
        shares = {"GoesOn": 0.65, "AskedElsewhere": 0.08, "PartsWithThanks": 0.27}
    elif "LookedAgain" in can:
        shares = {"LookedAgain": 0.75, "NobodyFound": 0.1}
    elif "TheyGoOn" in can:
        shares = {"TheyGoOn": 0.5, "Faded": 0.25, "AskedElsewhere": 0.25}
    elif "Arranged" in can:
        shares = {"Arranged": 0.7, "NotPossible": 0.2}
    elif "PairApproved" in can:
        shares = {"PairApproved": 0.9, "PairRefused": 0.05}
    elif "Passed" in can:
        shares = {"Passed": 0.3, "ContactOffered": 0.05, "Stopped": 0.01}
    elif "Stopped" in can:
        shares = {"AskedElsewhere": 0.03, "Stopped": 0.02}
    else:
        shares = dict.fromkeys(can & {"QuestionAnswered", "TimesProposed", "FeedbackGiven"}, 1.0)
    chosen = among(draw, shares or _about_many(habits, can))
    return chosen if chosen in can else None


def _about_many(habits: Habits, can: frozenset[str]) -> dict[str, float]:
    """Return the share of each answer to an invitation, and of what staff do about what many get."""
    if "MayCome" in can:
        left = 1 - habits.goes_out
        return {"Comes": habits.goes_out, "MayCome": left / 4, "StaysAway": left / 2}
    if "Comes" in can:
        return {"Comes": 0.55, "StaysAway": 0.2} if "StaysAway" in can else {"Comes": 0.04}
    if "DetailsTold" in can:
        return {"DetailsTold": 0.2, "StaysAway": 0.08}
    if "ImpressionGiven" in can:
        return {"ImpressionGiven": 0.5, "NoImpression": 0.2}
    if "SendingApproved" in can:
        return {"SendingApproved": 0.96, "SendingRefused": 0.02}
    return {"StaysAway": 0.05, "CountsWanted": 0.2}


def switches(sheet: Sheet, wants: frozenset[str]) -> list[str]:
    """Return what is pressed on a question with switches: whatever is not as wished, then that it is done."""
    wrong = [
        row.data
        for meant, row in options(sheet).items()
        if row.is_on is not None and row.is_on != (meant in wants)
    ]
    return [*wrong, *([sheet.done.data] if sheet.done else [])]


def choice(draw: Random, tastes: Tastes, sheet: Sheet, begun: str) -> Row:
    """Return which row of a list somebody presses."""
    rows = options(sheet)
    people = [row for meant, row in rows.items() if meant.isdecimal()]
    if begun == "/delete" and "delete" in rows:
        return rows["delete"]
    if begun == "/pause" and "1" in rows:
        return rows["1"]
    if begun == "TimesProposed" and "yes" in rows:
        return rows[draw.choice(("yes", "no"))]
    for wanted in ("yes", "on"):
        if wanted in rows:
            return rows[wanted]
    if "enough" in rows and draw.random() < 1 / 2:
        return rows["enough"]
    if "school" in rows and (not people or draw.random() < 1 / 4):
        return rows["school"]
    liked = [row for meant, row in rows.items() if meant in tastes.wants]
    if begun == "FeedbackGiven" and rows.keys() == set("12345"):
        return rows[draw.choice("34455")]
    return draw.choice(liked or people or list(rows.values()))


def typed(draw: Random, tastes: Tastes, begun: str, times: int, sheet: Sheet) -> str | None:
    """Return what somebody types where a question wants words, for the `times`th time; None to skip it."""
    if begun == "FeedbackGiven":
        return FEEDBACK[times] if times < len(FEEDBACK) and draw.random() < 2 / 3 else None
    if begun.startswith("SlotChosen"):
        return EXPECTED[times] if times < len(EXPECTED) and draw.random() < 2 / 3 else None
    if begun == "DetailsTold":
        return (NEEDS if draw.random() < 1 / 8 else None) if not times else draw.choice("0112")
    if begun == "ImpressionGiven":
        return WORDS[begun] if draw.random() < 1 / 3 else None
    if SKIP in options(sheet):
        return SOMEBODY if not times and draw.random() < 1 / 10 else None
    return WORDS.get(begun, tastes.goal)
