"""A school as its own people describe it: what it teaches, its languages, who answers for what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.times import NO_TIMES, Times

SchoolKey = NewType("SchoolKey", str)
StaffKey = NewType("StaffKey", str)

ADULT_AGE = 18
"""Below it, safeguarding applies: the same in every country."""

TELEGRAM_AGE = 18
"""What Telegram's terms for the European Union ask."""

CONSENT_AGE = 16
"""From this age on people consent for themselves, where no country says less (Art. 8(1) GDPR)."""

CONSENT_AGES: Mapping[str, int] = {"EE": 13, "ES": 14, "IT": 14, "NL": 16}
"""The same age by country, as each has set it in law."""


def consent_age(country: str) -> int:
    """Return the age from which people in `country` (ISO 3166) consent for themselves."""
    return CONSENT_AGES.get(country, CONSENT_AGE)


@dataclass(frozen=True, slots=True)
class Ages:
    """Three ages in years that must not be mixed; the third is `ADULT_AGE`."""

    consent: int
    """Below it a guardian decides."""
    telegram: int = TELEGRAM_AGE
    """Below it the chat is the one on the school's own page."""


def age_for_sure(born: int, year: int) -> int:
    """Return how old whoever was born in `born` is at least in `year`, until which only the year is known."""
    return year - born - 1


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nobody is written to unasked, in the reader's own time; it may reach over midnight."""

    start: time = time(21)
    end: time = time(8)
    """The first moment at which people are written to again."""

    def cover(self, at: time) -> bool:
        """Return whether `at` is within the quiet hours."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


class Weekday(StrEnum):
    """A day of the week, in its order from Monday on."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"


@dataclass(frozen=True, slots=True)
class DigestTime:
    """When digests leave, in the school's zone: every week, or the first time in a month."""

    day: Weekday = Weekday.THURSDAY
    """Before the weekend, for which people make plans."""
    at: time = time(16)


@dataclass(frozen=True, slots=True)
class Programme:
    """Something that can be studied at the school."""

    code: str
    """The school's own, stored with people: at most 40 of a-z, 0-9 and -."""
    isced: str
    """Detailed field of ISCED-F 2013: four digits."""
    level: int
    """Of the European Qualifications Framework: 1 to 8."""
    names: Mapping[str, str] = field(hash=False)
    """By language; there is one for each language of the school."""


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """Students who study together, and come in with one code."""

    key: str
    """As the school calls it; stored with students, at most 40 characters."""
    programme: str
    """The code of what they study."""
    final_year: int
    """The year in which they are to finish."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The member of staff who answers for a journey."""

    owner: StaffKey
    deputy: StaffKey | None = None
    """Who is told when the owner does not act."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Who answers for which journey: there is nobody's journey."""

    everything: Owner
    """Answers for every journey that names nobody else."""
    journeys: Mapping[str, Owner] = field(default_factory=dict, hash=False)

    def of(self, journey: str) -> Owner:
        """Return who answers for `journey`."""
        return self.journeys.get(journey, self.everything)

    @property
    def keys(self) -> tuple[StaffKey, ...]:
        """All staff named as owner or deputy, sorted."""
        named = [self.everything, *self.journeys.values()]
        return tuple(sorted({key for one in named for key in (one.owner, one.deputy) if key}))


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """Whom reports of harm go to."""

    lead: StaffKey
    lead_name: str
    """As people know this person."""
    helpline: str
    """A number that children can call, as it is dialled."""


@dataclass(frozen=True, slots=True)
class MentoringRules:
    """How the school wants mentoring to go."""

    approve_pairs: bool = False
    """Whether staff see every pair before the two meet."""


@dataclass(frozen=True, slots=True)
class School:
    """The tenant: nothing crosses from one school to another."""

    key: SchoolKey
    """Stored with every row: at most 40 of a-z, 0-9 and -."""
    names: Mapping[str, str] = field(hash=False)
    """By language; there is one for each of `languages`."""
    country: str
    """Two letters of ISO 3166."""
    zone: ZoneInfo
    languages: tuple[str, ...]
    """IETF tags of two letters, in the order in which they are offered; texts exist in each."""
    default_language: str
    contact: str
    """Whom people can ask when the chat cannot help."""
    privacy_contact: str
    privacy_url: str
    """The full privacy notice."""
    retention_years: int
    """After so many years without a sign of life a person is erased."""
    answer_days: int
    """Working days within which the school answers."""
    ages: Ages
    quiet_hours: QuietHours
    safeguarding: Safeguarding
    owners: Owners
    programmes: tuple[Programme, ...]
    classes: tuple[SchoolClass, ...] = ()
    mentoring: MentoringRules = MentoringRules()
    digest: DigestTime = DigestTime()
    times: Times = field(default_factory=lambda: NO_TIMES, hash=False)
    """What the school has changed of its journeys' times."""

    def language_for(self, wanted: str | None) -> str:
        """Return the school's language that serves `wanted` best: "es-MX" is served by "es".

        Without a wish, or without a language that serves it, the school's default is spoken.
        """
        base = (wanted or "").replace("_", "-").lower().partition("-")[0]
        return base if base in self.languages else self.default_language

    def name_in(self, language: str) -> str:
        """Return what the school is called in `language`."""
        return self.names[self.language_for(language)]

    def programme(self, code: str) -> Programme | None:
        """Return the programme; None if the school no longer names it."""
        return next((one for one in self.programmes if one.code == code), None)

    def programme_in(self, code: str, language: str) -> str:
        """Return what the programme is called in `language`; its code if it is no longer named."""
        programme = self.programme(code)
        return programme.names[self.language_for(language)] if programme else code

    def class_called(self, key: str) -> SchoolClass | None:
        """Return the class, however its letters are written; None if there is none."""
        wanted = key.strip().casefold()
        return next((one for one in self.classes if one.key.casefold() == wanted), None)
