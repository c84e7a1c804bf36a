"""The commands about who works at the school, and about the classes of those who study there."""

import re

import click

from bot.command_line import configured
from bot.domain.people import Role
from bot.domain.school import StaffKey
from bot.misconfigured import Misconfigured, did_you_mean
from bot.school_file import CODE
from bot.settings import Settings
from bot.system_clock import system_clock

LONGEST_NAME = 80
"""Characters of a name: it stands in buttons and lists."""
STAFF_ROLES = tuple(role.value for role in Role if role.is_staff)


@click.group()
def staff() -> None:
    """The people who work at the school."""


@click.group()
def classes() -> None:
    """The classes of students."""


@staff.command()
@click.argument("key")
@click.option("--name", required=True, help="The name, as people at the school know it.")
@click.option(
    "--role", type=click.Choice(STAFF_ROLES), required=True, help="What this person may do."
)
def invite(key: str, name: str, role: str) -> None:
    """Invite a member of staff; prints a link that works once.

    KEY is the short name by which the school's file calls this person, such as "maite". Inviting
    somebody again makes a new link; the old one stops working.
    """
    settings, school = configured()
    if not re.fullmatch(CODE, key):
        raise Misconfigured(f'"{key}" cannot be a key; use a-z, 0-9 and -, for example maite.')
    name = _name(name)

    from bot.checks import opened
    from bot.runtime.staff import invite as invite_staff

    with opened(settings.database_for(school)) as database:
        token = invite_staff(database, school, StaffKey(key), name, Role(role), system_clock())
    _tell_way_in(settings, token, f"{name} opens this link, once:", f"{name} writes")


@staff.command("list")
def list_staff() -> None:
    """Print who was invited, as what, and whether they have come."""
    settings, school = configured()

    from bot.checks import opened
    from bot.runtime.staff import members

    with opened(settings.database_for(school)) as database:
        found = members(database, school, system_clock())
    for one in found:
        click.echo(f"{one.key}: {one.name}, {one.role}, {one.standing}")
    if not found:
        click.echo("Nobody is invited yet; run: kutse staff invite KEY")


@staff.command("remove")
@click.argument("key")
def remove_staff(key: str) -> None:
    """End what the member of staff called KEY may do.

    Their link stops working, and what waits for them waits for whoever is invited as KEY next. What
    else they are to the school, they stay.
    """
    settings, school = configured()

    from bot.app import build
    from bot.checks import opened
    from bot.runtime.staff import members, remove

    with opened(settings.database_for(school)) as database:
        setting = build(settings, school, database, system_clock).setting
        known = [one.key for one in members(database, school, system_clock())]
        gone = remove(database, setting, StaffKey(key), system_clock())
    if gone is None:
        raise Misconfigured(f'There is no member of staff "{key}"; {did_you_mean(key, known)}')
    name, waiting = gone
    click.echo(f"{name} is no longer staff. Open cases that wait for the next {key}: {waiting}.")


@classes.command("code")
@click.argument("class_", metavar="CLASS")
def class_code(class_: str) -> None:
    """Print the code with which the students of CLASS come in; a new one each time.

    Codes made before go on working until their own last day.
    """
    settings, school = configured()
    found = school.class_called(class_)
    if found is None:
        known = [one.key for one in school.classes]
        raise Misconfigured(f'There is no class "{class_}"; {did_you_mean(class_, known)}')

    from bot.checks import opened
    from bot.runtime.classes import VALID_FOR, make_code

    now = system_clock()
    with opened(settings.database_for(school)) as database:
        code = make_code(database, school, found.key, now)
    until = (now + VALID_FOR).astimezone(school.zone).date().isoformat()
    click.echo(f"The code of {found.key}: {code}")
    click.echo(
        f"It works until {until}. Codes made before go on working until their own last day."
    )
    _tell_way_in(settings, code, "Students open this link:", "they write")


def _name(written: str) -> str:
    """Return a name without needless space.

    Raises:
        Misconfigured: there is none, or it is too long to stand in a button.
    """
    name = " ".join(written.split())
    if not name:
        raise Misconfigured('The name is empty; write it as in --name "Maite Soler".')
    if len(name) > LONGEST_NAME:
        raise Misconfigured(f"The name has {len(name)} characters; {LONGEST_NAME} is the most.")
    return name


def _tell_way_in(settings: Settings, word: str, opens: str, writes: str) -> None:
    """Print by which link somebody comes in with `word`, and how on Telegram."""
    is_known = settings.public_url or settings.web_port
    address = settings.web_url if is_known else "[the address that kutse run prints]"
    click.echo(f"{opens} {address}/c/{word}")
    if not settings.public_url:
        click.echo("Only this machine finds that link, until KUTSE_PUBLIC_URL is set.")
    click.echo(f"In Telegram, {writes} to the school's bot instead: /start {word}")
