"""Mentoring: what alumni offer, what students wish, and what can happen between the two."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.consent import Purpose
from bot.domain.people import CaseEvent, Command, PersonId, Report, Result

MOST_STUDENTS = 3
"""Students that one mentor may have at a time (domain 3.7)."""


class Topic(StrEnum):
    """What a student wants help with; what a mentor can help with."""

    FIRST_JOB = "first_job"
    TRADE = "trade"
    PLACEMENT = "placement"
    FURTHER_STUDY = "further_study"
    OWN_BUSINESS = "own_business"
    ABROAD = "abroad"
    KEEP_GOING = "keep_going"
    DIRECTION = "direction"


class Format(StrEnum):
    """How two people meet."""

    ONLINE = "online"
    IN_PERSON = "in_person"


class Day(StrEnum):
    """A day of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Value(StrEnum):
    """What matters to somebody in work; shared values carry further than shared surface."""

    CRAFT = "craft"
    PEOPLE = "people"
    SECURITY = "security"
    FREEDOM = "freedom"
    FAMILY = "family"
    LEARNING = "learning"


class Criterion(StrEnum):
    """What a student may put first; it counts double."""

    TOPIC = "topic"
    TRADE = "trade"
    VALUES = "values"
    LANGUAGE = "language"
    FORMAT = "format"
    DAYS = "days"


class Openness(StrEnum):
    """Whether a mentor may be asked."""

    OPEN = "open"
    LIMITED = "limited"
    """At most one student at a time, whatever the capacity."""
    CLOSED = "closed"
    """Nobody new; what was said is kept."""


class Why(StrEnum):
    """A reason that two people fit, and why a mentor comes before another."""

    SAME_TOPIC = "same_topic"
    SAME_PROGRAMME = "same_programme"
    SAME_FIELD = "same_field"
    SAME_VALUES = "same_values"
    FIRST_LANGUAGE = "first_language"
    SHARED_LANGUAGE = "shared_language"
    """Another language than the student's best; without one the two would not be proposed."""
    SAME_FORMAT = "same_format"
    SAME_DAY = "same_day"
    RESTED = "rested"
    """Has not been asked much in the last 90 days."""
    LONG_FREE = "long_free"
    """Has had no student for long."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason and what it is worth; all of a pair's add up to its score."""

    why: Why
    points: int
    of: str = ""
    """What is shared: the code of a programme, a topic, a language, a day; empty if there is nothing to name."""


@dataclass(frozen=True, slots=True)
class MentorOffer:
    """What an alumna is ready to do as a mentor."""

    topics: tuple[Topic, ...]
    languages: tuple[str, ...]
    formats: tuple[Format, ...]
    days: tuple[Day, ...]
    values: tuple[Value, ...] = ()
    capacity: int = 1
    """Students at a time: 1 to `MOST_STUDENTS`."""
    monthly: bool = False
    """Whether to be asked at most once in 30 days."""
    openness: Openness = Openness.OPEN


@dataclass(frozen=True, slots=True)
class Wish:
    """What a student looks for."""

    topic: Topic
    goal: str = field(repr=False)
    """One sentence, at most 200 characters."""
    languages: tuple[str, ...]
    """The best one first; one of them must be the mentor's."""
    formats: tuple[Format, ...]
    days: tuple[Day, ...] = ()
    values: tuple[Value, ...] = ()
    first: Criterion = Criterion.TOPIC
    """What matters most."""
    avoid: tuple[PersonId, ...] = ()
    """People not to be matched with; nobody else learns of it."""
    avoid_named: tuple[str, ...] = field(default=(), repr=False)
    """Names of such people, as the student wrote them: somebody of that name may come later."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """A student who looks for a mentor, as far as matching needs to know."""

    person: PersonId
    programme: str | None
    wish: Wish
    since: datetime
    """When the wish was made: who has waited longer goes first where all else is equal."""
    is_adult: bool = True


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who offers to mentor, as far as matching needs to know."""

    person: PersonId
    programme: str | None
    offer: MentorOffer
    free: int
    """Places left: what the offer allows, without students and requests that wait for an answer.

    The offer allows `capacity`, or one student if it is limited; 0 while resting.
    """
    asked: int = 0
    """Requests in the last 90 days."""
    days_free: int | None = None
    """Days since the last student was accepted; None if there was none."""
    is_adult: bool = True


@dataclass(frozen=True, slots=True)
class MentorCard:
    """A mentor as a student sees one."""

    person: PersonId
    programme: str | None
    doing: str | None
    reasons: tuple[Reason, ...]
    """The two to four that count most."""
    answers_in: int | None
    """Days in which this person usually answers; None while that is not known."""


# ------------------------------------------------------------------------ what people may say


class WhyNot(StrEnum):
    """Why a mentor says no; each is one tap, and free."""

    NOT_MY_TOPIC = "not_my_topic"
    NO_TIME = "no_time"
    LATER = "later"
    """Ask me again in three months."""


class OutOfReach(StrEnum):
    """What a student who cannot reach the mentor would like."""

    TRY_AGAIN = "try_again"
    SOMEBODY_ELSE = "somebody_else"
    TALK_TO_SCHOOL = "talk_to_school"
    STOP = "stop"


class Need(StrEnum):
    """Why a pair needs somebody at school."""

    QUIET = "quiet"
    """The two have not been in touch, after reminders, too."""
    MISSED = "missed"
    """Two meetings in a row did not come about."""
    ASKED = "asked"
    """The student would like to talk to the school."""
    MENTOR_CLOSED = "mentor_closed"
    """Nothing arrives any more at the mentor."""
    STUDENT_CLOSED = "student_closed"
    """Nothing arrives any more at the student."""


class Slot(StrEnum):
    """Which of three proposed times."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


# ------------------------------------------------------------------------ events of a mentorship


@dataclass(frozen=True, slots=True)
class MentorReserved(Result):
    """A place with a mentor is kept while the mentor is asked."""

    mentor: PersonId
    reasons: tuple[Reason, ...]
    is_approved: bool = False
    """Whether staff have chosen this mentor."""


@dataclass(frozen=True, slots=True)
class NobodyFree(Result):
    """No mentor who fits has a place."""

    position: int
    """Place on the waiting list, counted from one."""


@dataclass(frozen=True, slots=True)
class AskedNoMore(Result):
    """Whoever is asked may not be asked any more: they rest, no longer agree, or cannot be reached."""

    can_be_told: bool = True


@dataclass(frozen=True, slots=True)
class LookedAgain(CaseEvent):
    """It is time to look for a mentor again."""


@dataclass(frozen=True, slots=True)
class Accepted(CaseEvent):
    """The mentor says yes."""


@dataclass(frozen=True, slots=True)
class Declined(CaseEvent):
    """The mentor says no."""

    reason: WhyNot


@dataclass(frozen=True, slots=True)
class QuestionAsked(CaseEvent):
    """The mentor wants to know something first."""

    question: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class QuestionAnswered(CaseEvent):
    """The student answers the mentor's question."""

    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoAnswer(CaseEvent):
    """Whoever was asked has not answered in time."""


@dataclass(frozen=True, slots=True)
class AskedElsewhere(CaseEvent):
    """The student would rather ask somebody else."""


@dataclass(frozen=True, slots=True)
class Stopped(CaseEvent):
    """The student no longer looks for a mentor, or one of the two ends it; no reason is asked."""


@dataclass(frozen=True, slots=True)
class NobodyFound(CaseEvent):
    """Staff say that there is no mentor for this wish."""


@dataclass(frozen=True, slots=True)
class PairApproved(CaseEvent):
    """Staff agree that these two meet."""


@dataclass(frozen=True, slots=True)
class PairRefused(CaseEvent):
    """Staff would rather not have these two meet."""


@dataclass(frozen=True, slots=True)
class StillUndecided(CaseEvent):
    """Staff have not decided for days; the student hears that the wish is not forgotten."""


@dataclass(frozen=True, slots=True)
class Passed(CaseEvent):
    """One of the two writes to the other."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContactOffered(CaseEvent):
    """One of the two is ready to exchange contacts, once the other is as well."""

    contact: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CannotReach(CaseEvent):
    """The student cannot reach the mentor."""

    reason: OutOfReach


@dataclass(frozen=True, slots=True)
class WentQuiet(CaseEvent):
    """The two have not been in touch for two weeks."""


@dataclass(frozen=True, slots=True)
class ChatClosed(Result):
    """Nothing arrives any more at one of the two; it is no refusal of anything (domain 3.0, rule 8)."""

    who: PersonId


@dataclass(frozen=True, slots=True)
class InTouch(CaseEvent):
    """One of the two says that they are in touch."""


@dataclass(frozen=True, slots=True)
class StillQuiet(CaseEvent):
    """Silence went on: it is a person's turn, not another message's."""


@dataclass(frozen=True, slots=True)
class TheyGoOn(CaseEvent):
    """Staff talked to the two: they go on."""


@dataclass(frozen=True, slots=True)
class Faded(CaseEvent):
    """Nobody has been in touch: the pair is over, and nobody is to blame."""


@dataclass(frozen=True, slots=True)
class DecisionDue(CaseEvent):
    """Sixty days are over: the student says how to go on."""


@dataclass(frozen=True, slots=True)
class GoesOn(CaseEvent):
    """The student stays with this mentor; silence means the same."""


@dataclass(frozen=True, slots=True)
class EndReached(CaseEvent):
    """The agreed time is over."""


@dataclass(frozen=True, slots=True)
class FeedbackGiven(CaseEvent):
    """One of the two says how it was."""

    useful: int
    """1 (not at all) to 5 (very)."""
    line: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FeedbackOver(CaseEvent):
    """Who has not said how it was is not asked any more."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a student expects of a first job, asked before the first meeting and after the last (peers 6.1)."""

    pay: int | None
    """A month, before tax, in the school's currency; None if it was skipped."""
    months: int | None
    """Until a first job is found; None if it was skipped."""


# ------------------------------------------------------------------------ events of a meeting


@dataclass(frozen=True, slots=True)
class TimesProposed(CaseEvent):
    """One of the two proposes up to three times, and where."""

    slots: tuple[datetime, ...]
    place: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlotChosen(CaseEvent):
    """The other takes one of the times."""

    reason: Slot


@dataclass(frozen=True, slots=True)
class NoneSuits(CaseEvent):
    """None of the times suits."""


@dataclass(frozen=True, slots=True)
class Coming(CaseEvent):
    """One of the two confirms."""


@dataclass(frozen=True, slots=True)
class AnotherTime(CaseEvent):
    """One of the two asks for another time."""


@dataclass(frozen=True, slots=True)
class CannotCome(CaseEvent):
    """One of the two cannot come."""


@dataclass(frozen=True, slots=True)
class MeetingOver(CaseEvent):
    """The time of the meeting is past."""


@dataclass(frozen=True, slots=True)
class Met(CaseEvent):
    """One of the two says that they met."""


@dataclass(frozen=True, slots=True)
class NotMet(CaseEvent):
    """One of the two says that it did not happen yet."""


@dataclass(frozen=True, slots=True)
class WillNotMeet(CaseEvent):
    """One of the two says that it will not happen."""


@dataclass(frozen=True, slots=True)
class NotSaid(CaseEvent):
    """Nobody said anything in time."""


@dataclass(frozen=True, slots=True)
class MeetingHeld(Report):
    """The pair met."""


@dataclass(frozen=True, slots=True)
class MeetingMissed(Report):
    """A meeting did not come about."""

    was_agreed: bool = False
    """Whether there was a time for it: then both have had their card."""


# ------------------------------------------------------------------------ events of the under-aged and of checks


@dataclass(frozen=True, slots=True)
class Arranged(CaseEvent):
    """Staff have arranged something for a student under 18."""


@dataclass(frozen=True, slots=True)
class NotPossible(CaseEvent):
    """Staff cannot arrange it now."""


@dataclass(frozen=True, slots=True)
class CameOfAge(CaseEvent):
    """A student is 18 for sure."""


@dataclass(frozen=True, slots=True)
class CheckSeen(CaseEvent):
    """Staff have seen a record check."""

    valid_until: datetime


@dataclass(frozen=True, slots=True)
class CheckRunsOut(CaseEvent):
    """A record check is valid for two months more."""


@dataclass(frozen=True, slots=True)
class CheckForgotten(CaseEvent):
    """A record check that ran out has not been renewed for long."""


@dataclass(frozen=True, slots=True)
class CheckExpired(CaseEvent):
    """A record check is no longer valid."""


# ------------------------------------------------------------------------ commands


@dataclass(frozen=True, slots=True)
class OpenMentoring(Command):
    """See what mentoring is for whoever asks: to look for a mentor, to be one, or to look after the pairs."""

    for_oneself: bool = False
    """Whether somebody who looks after the pairs is asking as a mentor or a student."""


@dataclass(frozen=True, slots=True)
class KeepOffer(Command):
    """Remember what an alumna is ready to do as a mentor; who waits for somebody like her is looked after."""

    offer: MentorOffer


@dataclass(frozen=True, slots=True)
class RestMentor(Command):
    """Ask whoever acts no more until so many months are over; what they said is kept."""

    months: int | None
    """None: until they say otherwise."""


@dataclass(frozen=True, slots=True)
class KeepWish(Command):
    """Remember what a student looks for."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class SeekMentor(Command):
    """Keep a place with the first mentor who has one: of `choices` in their order, then of all who fit.

    Answers the case with `MentorReserved` or `NobodyFree`.
    """

    student: PersonId
    choices: tuple[PersonId, ...]
    passed_over: tuple[PersonId, ...]
    """Who has been asked already, and is not asked again for this wish."""


@dataclass(frozen=True, slots=True)
class TakePlace(Command):
    """Make the place that was kept with `mentor` the student's."""

    mentor: PersonId
    student: PersonId


@dataclass(frozen=True, slots=True)
class FreePlace(Command):
    """Give the student's place with `mentor` back; who waits longest is looked after."""

    mentor: PersonId
    student: PersonId
    is_silent: bool = False
    """Whether the mentor did not answer in time, and is told; after two silences in a row they rest."""
    is_answered: bool = False
    """Whether the mentor said no; a request that was taken back says nothing about them."""


@dataclass(frozen=True, slots=True)
class KeepExpectation(Command):
    """Remember what a student expects of a first job, before the first meeting or after the last."""

    expected: Expected
    is_after: bool


class MentoringDesk(Protocol):
    """What the dialogues of mentoring look up; it acts for whoever is speaking."""

    @property
    def now(self) -> datetime:
        """The present moment, aware."""
        ...

    @property
    def grown_at(self) -> datetime:
        """The moment from which this person is 18 for sure: only the year of birth is known (domain 5.3)."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        ...

    def is_holiday(self, at: datetime) -> bool:
        """Return whether a moment is on a public holiday of the school's country."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The school's languages, the one this person seems to speak first."""
        ...

    @property
    def programme(self) -> str | None:
        """The code of what this person learns here; None if they are in no class."""
        ...

    def consents(self) -> tuple[Purpose, ...]:
        """Return what this person has agreed to."""
        ...

    def offer(self) -> MentorOffer | None:
        """Return what this person is ready to do as a mentor; None if they have not said."""
        ...

    def mentors_for(self, wish: Wish, limit: int) -> tuple[MentorCard, ...]:
        """Return at most `limit` mentors who fit this person's wish and have a place, best first."""
        ...

    def rests_until(self) -> datetime | None:
        """Return until when this person is not asked as a mentor; None if they may be asked now."""
        ...

    def owner(self, journey: str) -> PersonId | None:
        """Return who answers for a journey; None while nobody has come."""
        ...

    def gathers_until(self) -> datetime | None:
        """Return until when a round gathers wishes of what this person learns; None while none does."""
        ...

    @property
    def pairs_need_approval(self) -> bool:
        """Whether the school wants to see every pair before they meet."""
        ...
