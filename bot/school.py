"""Reads a school's file; whatever is wrong in it is told all at once, in plain sentences."""

import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from pydantic import ValidationError

import journeys
from bot.domain.school import (
    Ages,
    DigestTime,
    MentoringRules,
    Owner,
    Owners,
    Programme,
    QuietHours,
    Safeguarding,
    School,
    SchoolClass,
    SchoolKey,
    StaffKey,
    consent_age,
)
from bot.misconfigured import Misconfigured, did_you_mean, nearest, sentences
from bot.runtime.registry import every_journey
from bot.school_file import OwnerTable, SchoolFile
from bot.school_times import Journeys, read_times
from bot.toml_slips import told

ALIKE = 80
"""How alike two zones are, out of 100, to be taken for each other: there are six hundred of them."""
SOURCE_LANGUAGE = "en"
"""The language that texts are written in; it needs no catalogue."""


def load_school(path: Path) -> School:
    """Read the school's file, against the languages and journeys that are installed.

    Raises:
        Misconfigured: something in it cannot be used; every fault found is in it.
    """
    return read_school(path, languages=installed_languages(), journeys=installed_journeys())


def read_school(
    path: Path,
    *,
    languages: Collection[str],
    journeys: Collection[str],
    declared: Journeys = lambda: every_journey().journeys,
) -> School:
    """Read the school's file; texts exist in `languages`, and owners are asked for `journeys`.

    What these declare is asked of `declared` if the file changes their times.

    Raises:
        Misconfigured: something in it cannot be used; every fault found is in it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Misconfigured(f"{path}: there is no such file.") from None
    except OSError as error:
        raise Misconfigured(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise Misconfigured(f"{path}: is not text in UTF-8; save it in that encoding.") from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{path}, {told(text, error)}") from None
    try:
        file = SchoolFile.model_validate(content)
    except ValidationError as error:
        raise Misconfigured(*sentences(str(path), SchoolFile, error)) from None
    times, wrong = read_times(file.times, journeys, declared)
    faults = [*_faults(file, languages, journeys), *wrong]
    if faults:
        raise Misconfigured(*(f"{path}, {fault}" for fault in faults))
    return replace(_school(file), times=times)


def installed_languages() -> frozenset[str]:
    """Return the languages that people can be spoken to in."""
    catalogues = Path(journeys.__path__[0]).parent / "locales"
    found = {file.relative_to(catalogues).parts[0] for file in catalogues.glob("*/**/*.po")}
    return frozenset(found | {SOURCE_LANGUAGE})


def installed_journeys() -> frozenset[str]:
    """Return the names of all journeys."""
    return frozenset(module.name for module in iter_modules(journeys.__path__) if module.ispkg)


def _faults(
    file: SchoolFile, languages: Collection[str], journeys: Collection[str]
) -> Iterator[str]:
    """Yield what the tables cannot know each for itself."""
    yield from _place_faults(file)
    yield from _language_faults(file, languages)
    yield from _programme_faults(file)
    if "everything" not in file.owners:
        yield (
            "owners: everything is missing; it is who answers where nobody else is named, "
            'for example everything = { owner = "maite", deputy = "kersti" }.'
        )
    for journey, table in file.owners.items():
        if journey != "everything" and journey not in journeys:
            known = {"everything", *journeys}
            yield f'owners: there is no journey "{journey}"; {did_you_mean(journey, known)}'
        if table.owner == table.deputy:
            yield f"owners, {journey}: the deputy is the owner; name somebody else, or nobody."
    if file.quiet_hours.start == file.quiet_hours.end:
        yield "quiet_hours: start and end are the same; a night has at least one hour."


def _place_faults(file: SchoolFile) -> Iterator[str]:
    if file.country not in Locale("en").territories:
        yield f'country: "{file.country}" is not in ISO 3166; Estonia, for example, is EE.'
    zones = _zones()
    if file.zone not in zones:
        yield f'zone: there is no time zone "{file.zone}"; {_zone_meant(file, zones)}'


@cache
def _zones() -> frozenset[str]:
    """Return the names of all time zones; finding them takes longer than reading a school's file."""
    return frozenset(available_timezones())


def _zone_meant(file: SchoolFile, zones: Collection[str]) -> str:
    """Return which zone was meant: one of its name, one of its city, or the country's."""
    word = file.zone.strip().replace(" ", "_")
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(zones) if "/" in zone}
    city = nearest(word, cities, at_least=ALIKE)
    near = nearest(word, zones, at_least=ALIKE) or (city and cities[city])
    there = [zone for zone in get_global("territory_zones").get(file.country, ()) if zone in zones]
    if near or len(there) == 1:
        return f'did you mean "{near or there[0]}"?'
    return (
        f"in {file.country} there are {', '.join(there)}."
        if there
        else 'it is as "Europe/Tallinn".'
    )


def _language_faults(file: SchoolFile, languages: Collection[str]) -> Iterator[str]:
    for language in file.languages:
        if language not in languages:
            guess = did_you_mean(language, languages)
            yield f'languages: there are no texts in "{language}"; {guess}'
    for language in sorted({one for one in file.languages if file.languages.count(one) > 1}):
        yield f'languages: "{language}" stands there twice; once is enough.'
    if file.default_language not in file.languages:
        guess = did_you_mean(file.default_language, file.languages)
        yield f'default_language: "{file.default_language}" is not among the languages; {guess}'
    # Of a language that nobody can be spoken to in, no names are asked for.
    spoken = [language for language in dict.fromkeys(file.languages) if language in languages]
    yield from _name_faults(file, spoken)


def _name_faults(file: SchoolFile, spoken: Sequence[str]) -> Iterator[str]:
    """Yield one sentence for each language in which names are missing, or stand for nobody."""
    named = [("name", "the school", file.name)] + [
        (f'programmes {number} ("{one.code}"), name', one.code, one.name)
        for number, one in enumerate(file.programmes, start=1)
    ]
    for language in spoken:
        match [(at, whose) for at, whose, names in named if language not in names]:
            case []:
                pass
            case [(at, _)]:
                yield f'{at}: there is none in "{language}"; add {language} = "...".'
            case many:
                whose = _listed([one for _, one in many])
                yield (
                    f'languages: {len(many)} names are missing in "{language}";'
                    f' add {language} = "..." to those of {whose}.'
                )
    for language in sorted({one for _, _, names in named for one in names} - {*file.languages}):
        match [(at, whose) for at, whose, names in named if language in names]:
            case [(at, _)]:
                guess = did_you_mean(language, file.languages)
                yield f'{at}: nobody is spoken to in "{language}"; {guess}'
            case many:
                whose = _listed([one for _, one in many])
                yield (
                    f'languages: {len(many)} names are in "{language}", which is not among them;'
                    f' add "{language}", or take out those of {whose}.'
                )


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}"


def _programme_faults(file: SchoolFile) -> Iterator[str]:
    codes = [programme.code for programme in file.programmes]
    for code in sorted({one for one in codes if codes.count(one) > 1}):
        yield f'programmes: the code "{code}" stands there twice; each programme has its own.'
    keys = [one.key.casefold() for one in file.classes]
    for key in sorted({one for one in keys if keys.count(one) > 1}):
        yield f'classes: the key "{key}" stands there twice; each class has its own.'
    for number, one in enumerate(file.classes, start=1):
        if one.programme not in codes:
            guess = did_you_mean(one.programme, codes)
            at = f'classes {number} ("{one.key}")'
            yield f'{at}: there is no programme "{one.programme}"; {guess}'


def _school(file: SchoolFile) -> School:
    owners = {journey: _owner(table) for journey, table in file.owners.items()}
    lead = file.safeguarding
    return School(
        key=SchoolKey(file.key),
        names=file.name,
        country=file.country,
        zone=ZoneInfo(file.zone),
        languages=file.languages,
        default_language=file.default_language,
        contact=file.contact,
        privacy_contact=file.privacy_contact,
        privacy_url=file.privacy_url,
        retention_years=file.retention_years,
        answer_days=file.answer_days,
        ages=Ages(file.ages.consent or consent_age(file.country), file.ages.telegram),
        quiet_hours=QuietHours(file.quiet_hours.start, file.quiet_hours.end),
        safeguarding=Safeguarding(StaffKey(lead.lead), lead.lead_name, lead.helpline),
        owners=Owners(owners.pop("everything"), owners),
        mentoring=MentoringRules(file.mentoring.approve_pairs),
        digest=DigestTime(file.digest.day, file.digest.at),
        programmes=tuple(
            Programme(one.code, one.field, one.level, one.name) for one in file.programmes
        ),
        classes=tuple(SchoolClass(one.key, one.programme, one.final_year) for one in file.classes),
    )


def _owner(table: OwnerTable) -> Owner:
    return Owner(StaffKey(table.owner), StaffKey(table.deputy) if table.deputy else None)
