"""Signing up: what people tell about themselves, and what the school makes of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.leavers import Match
from bot.domain.people import CaseEvent, Command, PersonId, Role


class HowLeft(StrEnum):
    """How somebody's time at the school ended; whoever learned here belongs here."""

    GRADUATE = "graduate"
    EARLY_LEAVER = "early_leaver"
    SHORT_COURSE = "short_course"
    APPRENTICE = "apprentice"
    EXCHANGE = "exchange"
    WORKED_HERE = "worked_here"
    FRIEND = "friend"


class Doing(StrEnum):
    """What somebody does now."""

    WORKING = "working"
    OWN_BUSINESS = "own_business"
    STUDYING = "studying"
    WORKING_AND_STUDYING = "working_studying"
    LOOKING = "looking"
    OTHER = "other"


class Offer(StrEnum):
    """What somebody would like to give, from small to large (Future First's ladder)."""

    ANSWER = "answer"
    STORY = "story"
    TALK = "talk"
    INTERVIEWS = "interviews"
    WORKPLACE = "workplace"
    TRAINEE = "trainee"
    JOBS = "jobs"
    MENTOR = "mentor"
    ADVISE = "advise"


@dataclass(frozen=True, slots=True)
class Profile:
    """What alumni tell about themselves; whatever is missing can be told another day."""

    name: str = field(repr=False)
    programme: str | None
    """The code of one of the school's programmes; None for none of these."""
    left_in: int | None
    how_left: HowLeft | None
    doing: Doing | None = None
    town: str | None = field(default=None, repr=False)
    offers: tuple[Offer, ...] = ()
    frequency: Frequency | None = None


@dataclass(frozen=True, slots=True)
class KeepProfile(Command):
    """Remember what alumni tell about themselves."""

    profile: Profile
    born: int | None = None
    """The year of birth; None if it is known already."""


@dataclass(frozen=True, slots=True)
class OpenProfile(Command):
    """See what is known about whoever asks, and change it."""


@dataclass(frozen=True, slots=True)
class Enrol(Command):
    """Remember a student: a first name, a year of birth, a class."""

    name: str = field(repr=False)
    born: int
    class_key: str


@dataclass(frozen=True, slots=True)
class AwaitGuardian(Command):
    """Let whoever acts take part in nothing until a guardian has agreed: they are younger than was known."""


@dataclass(frozen=True, slots=True)
class Admit(Command):
    """Let `person` in with `role`."""

    person: PersonId
    role: Role


@dataclass(frozen=True, slots=True)
class JoinStaff(Command):
    """Take the invitation whose token hashes to `token` (hex): once, and for one person only."""

    token: str


class WhyRejected(StrEnum):
    """Reasons of the school; the person is told that it could not be confirmed, not why."""

    NOT_FOUND = "not_found"
    OTHER_PERSON = "other_person"
    TWICE = "twice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Approved(CaseEvent):
    """Staff recognise the person."""


@dataclass(frozen=True, slots=True)
class Rejected(CaseEvent):
    """Staff do not recognise the person."""

    reason: WhyRejected


@dataclass(frozen=True, slots=True)
class MoreAsked(CaseEvent):
    """Staff ask the person something."""

    question: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Explained(CaseEvent):
    """The person answers the school's question."""

    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Undone(CaseEvent):
    """Staff take a decision back before the person was told."""


@dataclass(frozen=True, slots=True)
class MinuteOver(CaseEvent):
    """A decision can no longer be taken back."""


@dataclass(frozen=True, slots=True)
class Overdue(CaseEvent):
    """The owner has not decided for long."""


@dataclass(frozen=True, slots=True)
class NotExplained(CaseEvent):
    """The person has not answered the school's question."""


@dataclass(frozen=True, slots=True)
class AskedAsFriend(CaseEvent):
    """The person would like to join as a friend of the school."""


@dataclass(frozen=True, slots=True)
class RetentionOver(CaseEvent):
    """What was told for a rejected sign-up is to be deleted."""


@dataclass(frozen=True, slots=True)
class GuardianAgreed(CaseEvent):
    """The school has a guardian's permission in hand."""


@dataclass(frozen=True, slots=True)
class GuardianRefused(CaseEvent):
    """A guardian said no."""


@dataclass(frozen=True, slots=True)
class GuardianSilent(CaseEvent):
    """No permission came."""


class SignupDesk(Protocol):
    """What the dialogues of the sign-up look up; it acts for whoever is speaking."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The school's languages, the one this person seems to speak first."""
        ...

    @property
    def programmes(self) -> tuple[str, ...]:
        """Codes of the school's programmes."""
        ...

    @property
    def year(self) -> int:
        """The present year in the school's zone."""
        ...

    @property
    def retention_years(self) -> int:
        """After so many years without news somebody is erased."""
        ...

    @property
    def answer_days(self) -> int:
        """So many working days the school usually takes to look at a sign-up."""
        ...

    @property
    def consent_age(self) -> int:
        """The age from which people decide for themselves here (Art. 8(1) GDPR)."""
        ...

    @property
    def platform_age(self) -> int | None:
        """The age the present network asks for; None if it is the school's own page."""
        ...

    @property
    def web_url(self) -> str | None:
        """Where the school's own chat page is; None if it is not public."""
        ...

    def class_of(self, code: str) -> str | None:
        """Return the class that a code belongs to; None if it is unknown or expired."""
        ...

    def on_list(self, profile: Profile, born: int | None) -> Match:
        """Compare a profile with the list of leavers."""
        ...

    def profile(self) -> Profile | None:
        """Return what this person has told; None if they have not signed up as alumni."""
        ...

    def student(self) -> Enrol | None:
        """Return what this person has told as a student; None if they are none."""
        ...

    def born(self) -> int | None:
        """Return this person's year of birth; None if it has not been told."""
        ...

    def consents(self) -> tuple[Purpose, ...]:
        """Return what this person has agreed to."""
        ...

    def owner(self, journey: str) -> PersonId | None:
        """Return who answers for a journey; None while nobody has come."""
        ...

    def deputy(self, journey: str) -> PersonId | None:
        """Return who is told when the owner does not act; None if there is nobody."""
        ...

    def invited(self, token: str) -> tuple[str, Role] | None:
        """Return the name and role that an invitation is for; None if it is used or expired."""
        ...
