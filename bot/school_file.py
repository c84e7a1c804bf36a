"""The tables of a school's file: what each line means, with an example to copy."""

from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.school import TELEGRAM_AGE, Weekday

CODE = r"^[a-z0-9][a-z0-9-]{0,39}$"
"""What a short name that is stored may be."""

Code = Annotated[str, Field(pattern=CODE)]
Words = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Names = Annotated[dict[str, Words], Field(min_length=1)]


class Table(BaseModel):
    """A table of the file; what it does not know is an error, since it is a slip of the pen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ProgrammeTable(Table):
    """Something that can be studied."""

    code: Code = Field(
        description="the school's own short code, of a-z, 0-9 and -", examples=['code = "welding"']
    )
    field: str = Field(
        pattern=r"^(0\d|10)\d\d$",
        description="the detailed field of ISCED-F 2013, four digits in quotes",
        examples=['field = "0715"'],
    )
    level: int = Field(
        ge=1,
        le=8,
        strict=True,
        description="the level of the European Qualifications Framework, 1 to 8",
        examples=["level = 4"],
    )
    name: Names = Field(
        description="its name in each language", examples=['name = { en = "Welding" }']
    )


class ClassTable(Table):
    """Students who come in with one code."""

    key: Words = Field(
        max_length=40,
        description="what the school calls the class, at most 40 characters",
        examples=['key = "KE-24"'],
    )
    programme: str = Field(
        description="the code of one of the programmes", examples=['programme = "welding"']
    )
    final_year: int = Field(
        ge=1900,
        le=2200,
        strict=True,
        description="the year in which the class is to finish",
        examples=["final_year = 2027"],
    )


class OwnerTable(Table):
    """Who answers, and who is told otherwise."""

    owner: Code = Field(
        description="the key of the member of staff who answers", examples=['owner = "maite"']
    )
    deputy: Code | None = Field(
        None, description="the key of another member of staff", examples=['deputy = "kersti"']
    )


class QuietHoursTable(Table):
    """When nobody is written to unasked."""

    start: time = Field(time(21), description="a time of day", examples=['start = "21:00"'])
    end: time = Field(time(8), description="a time of day", examples=['end = "08:00"'])


class AgesTable(Table):
    """Ages in years; what is not said is that of the country and of Telegram."""

    consent: int | None = Field(
        None,
        ge=13,
        le=18,
        description="the age from which people consent for themselves, 13 to 18",
        examples=["consent = 14"],
    )
    telegram: int = Field(
        TELEGRAM_AGE,
        ge=13,
        le=21,
        description="the age that Telegram's terms ask, 13 to 21",
        examples=["telegram = 18"],
    )


class SafeguardingTable(Table):
    """Whom reports of harm go to."""

    lead: Code = Field(
        description="the key of the member of staff who leads safeguarding",
        examples=['lead = "kersti"'],
    )
    lead_name: Words = Field(
        description="the name of that person", examples=['lead_name = "Kersti Pärn"']
    )
    helpline: Words = Field(
        "116 111",
        description="a number that children can call",
        examples=['helpline = "116 111"'],
    )


class MentoringTable(Table):
    """How the school wants mentoring to go."""

    approve_pairs: bool = Field(
        default=False,
        strict=True,
        description="whether staff see every pair before the two meet, true or false",
        examples=["approve_pairs = true"],
    )


class DigestTable(Table):
    """When what need not be read today reaches people."""

    day: Weekday = Field(
        Weekday.THURSDAY,
        description="the day of the week on which summaries leave, monday to friday",
        examples=['day = "thursday"'],
    )
    at: time = Field(
        time(16),
        description="the hour at which they leave, as hours and minutes",
        examples=['at = "16:00"'],
    )


class SchoolFile(Table):
    """The whole file."""

    key: Code = Field(
        description="the school's short name, of a-z, 0-9 and -; it never changes",
        examples=['key = "three-shores"'],
    )
    name: Names = Field(
        description="the school's name in each language",
        examples=['name = { en = "Three Shores" }'],
    )
    country: str = Field(
        pattern=r"^[A-Z]{2}$",
        description="the country's two letters in ISO 3166",
        examples=['country = "EE"'],
    )
    zone: str = Field(
        description="the school's time zone as continent and city",
        examples=['zone = "Europe/Tallinn"'],
    )
    languages: tuple[str, ...] = Field(
        min_length=1,
        description="a list of the school's languages",
        examples=['languages = ["et", "en"]'],
    )
    default_language: str = Field(
        description="the language of those who chose none", examples=['default_language = "et"']
    )
    contact: Words = Field(
        description="whom people can ask when the chat cannot help",
        examples=['contact = "room 104, +372 5550 0104"'],
    )
    privacy_contact: Words = Field(
        description="whom to write to about personal data",
        examples=['privacy_contact = "privacy@school.example"'],
    )
    privacy_url: str = Field(
        pattern=r"^https?://\S+$",
        description="the address of the school's privacy notice",
        examples=['privacy_url = "https://school.example/privacy"'],
    )
    retention_years: int = Field(
        2,
        ge=1,
        le=20,
        strict=True,
        description="after how many years without a sign of life people are erased, 1 to 20",
        examples=["retention_years = 2"],
    )
    answer_days: int = Field(
        3,
        ge=1,
        le=30,
        strict=True,
        description="within how many working days the school answers, 1 to 30",
        examples=["answer_days = 3"],
    )
    ages: AgesTable = Field(AgesTable(), description="a table of ages", examples=["[ages]"])
    quiet_hours: QuietHoursTable = Field(
        QuietHoursTable(), description="a table with start and end", examples=["[quiet_hours]"]
    )
    safeguarding: SafeguardingTable = Field(
        description="a table with the lead of safeguarding",
        examples=['safeguarding = { lead = "kersti", lead_name = "Kersti Pärn" }'],
    )
    owners: dict[str, OwnerTable] = Field(
        description="a table of who answers for which journey",
        examples=['owners = { everything = { owner = "maite" } }'],
    )
    mentoring: MentoringTable = Field(
        MentoringTable(), description="a table about mentoring", examples=["[mentoring]"]
    )
    digest: DigestTable = Field(
        DigestTable(), description="a table with day and at", examples=["[digest]"]
    )
    times: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description="a table of times for each journey, as kutse journeys prints it",
        examples=['[times.signup] and, below it, to_check.overdue = "5 working days"'],
    )
    programmes: tuple[ProgrammeTable, ...] = Field(
        min_length=1,
        description="a list of what can be studied",
        examples=["[[programmes]] and its lines"],
    )
    classes: tuple[ClassTable, ...] = Field(
        (), description="a list of classes", examples=["[[classes]] and its lines"]
    )
