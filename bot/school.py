"""Reads a school's file; whatever is wrong in it is told all at once, in plain sentences."""

import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from pkgutil import iter_modules
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from pydantic import ValidationError

import journeys
from bot.domain.school import (
    Ages,
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
from bot.misconfigured import Misconfigured, did_you_mean, sentences
from bot.school_file import OwnerTable, SchoolFile

SOURCE_LANGUAGE = "en"
"""The language that texts are written in; it needs no catalogue."""


def load_school(path: Path) -> School:
    """Read the school's file, against the languages and journeys that are installed.

    Raises:
        Misconfigured: something in it cannot be used; every fault found is in it.
    """
    return read_school(path, languages=installed_languages(), journeys=installed_journeys())


def read_school(path: Path, *, languages: Collection[str], journeys: Collection[str]) -> School:
    """Read the school's file; texts exist in `languages`, and owners are asked for `journeys`.

    Raises:
        Misconfigured: something in it cannot be used; every fault found is in it.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise Misconfigured(f"{path}: there is no such file.") from None
    except OSError as error:
        raise Misconfigured(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise Misconfigured(f"{path}: is not text in UTF-8; save it in that encoding.") from None
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{path}: is not TOML; {_lower_first(str(error))}.") from None
    try:
        file = SchoolFile.model_validate(content)
    except ValidationError as error:
        raise Misconfigured(*sentences(str(path), SchoolFile, error)) from None
    faults = [*_faults(file, languages, journeys)]
    if faults:
        raise Misconfigured(*(f"{path}, {fault}" for fault in faults))
    return _school(file)


def installed_languages() -> frozenset[str]:
    """Return the languages that people can be spoken to in."""
    catalogues = Path(journeys.__path__[0]).parent / "locales"
    found = {file.relative_to(catalogues).parts[0] for file in catalogues.glob("*/**/*.po")}
    return frozenset(found | {SOURCE_LANGUAGE})


def installed_journeys() -> frozenset[str]:
    """Return the names of all journeys."""
    return frozenset(module.name for module in iter_modules(journeys.__path__) if module.ispkg)


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


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
    zones = available_timezones()
    if file.zone not in zones:
        yield f'zone: there is no time zone "{file.zone}"; {did_you_mean(file.zone, zones)}'


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
    yield from _name_faults("name", file.name, file.languages)
    for number, programme in enumerate(file.programmes, start=1):
        at = f'programmes {number} ("{programme.code}"), name'
        yield from _name_faults(at, programme.name, file.languages)


def _name_faults(at: str, names: dict[str, str], languages: Collection[str]) -> Iterator[str]:
    for language in languages:
        if language not in names:
            yield f'{at}: there is none in "{language}"; add {language} = "...".'
    for language in names:
        if language not in languages:
            yield f'{at}: nobody is spoken to in "{language}"; {did_you_mean(language, languages)}'


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
        programmes=tuple(
            Programme(one.code, one.field, one.level, one.name) for one in file.programmes
        ),
        classes=tuple(SchoolClass(one.key, one.programme, one.final_year) for one in file.classes),
    )


def _owner(table: OwnerTable) -> Owner:
    return Owner(StaffKey(table.owner), StaffKey(table.deputy) if table.deputy else None)
