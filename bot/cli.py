"""The command line: reads the configuration, calls one function, says what came of it.

Exit codes: 0 done; 1 problems found, or nothing done; 2 wrong use or configuration.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import click
from typing_extensions import override

from bot.domain.people import Role
from bot.domain.school import School, StaffKey
from bot.for_good import kept_for_good
from bot.misconfigured import Misconfigured, did_you_mean
from bot.school import installed_journeys, load_school
from bot.school_file import CODE
from bot.settings import Settings, read_settings
from bot.system_clock import system_clock

NOTHING_DONE = 1
WRONG_USE = 2
LONG_BYTES = 1 << 20
"""Of a list that takes long enough to be watched."""
ROWS_SHOWN = 20
"""Of those left out: a column that is wrong is wrong in every row."""
LONGEST_NAME = 80
"""Characters of a name: it stands in buttons and lists."""
STAFF_ROLES = tuple(role.value for role in Role if role.is_staff)


class Plain(click.Group):
    """Commands that tell each fault of the configuration on a line of its own."""

    @override
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Misconfigured as wrong:
            for sentence in wrong.sentences:
                click.echo(sentence, err=True)
            ctx.exit(WRONG_USE)


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kutse", prog_name="kutse", message="%(prog)s %(version)s")
def kutse() -> None:
    """Keep a vocational school and its alumni in touch.

    Look around first with "kutse demo"; it needs no settings. For your own school, write its
    file, name it in the setting KUTSE_SCHOOL, and let "kutse check" say what is missing.
    """


@kutse.command()
def run() -> None:
    """Run the school's bot until it is stopped."""
    with kept_for_good():
        settings, school = configured()

        from bot.checks import ready

        ready(settings.database_for(school))

        from bot.app import run as run_app
        from bot.stopping import until_stopped

    until_stopped(run_app(settings, school, _opened), settings)


@kutse.command()
def demo() -> None:
    """Open a made-up school, to look around."""
    settings = read_settings()

    with kept_for_good():
        from bot.app import demo as demo_app
        from bot.stopping import until_stopped

    until_stopped(demo_app(settings, _opened), settings)


@kutse.command()
def check() -> None:
    """Say whether all is there that the bot needs."""
    settings, school = configured()

    from bot.checks import Mark, findings

    click.echo("ok   Settings and the school's file can be read.")
    bad = 0
    for finding in findings(settings, school):
        click.echo(f"{finding.mark:<4} {finding.words}")
        bad += finding.mark is Mark.BAD
    if bad:
        click.echo(f"{bad} {'thing is' if bad == 1 else 'things are'} to be done.", err=True)
        sys.exit(NOTHING_DONE)


@kutse.command()
def migrate() -> None:
    """Bring the database to this version of Kutse."""
    settings, school = configured()

    from bot.checks import bring_up_to_date

    bring_up_to_date(settings.database_for(school))
    click.echo("The database is up to date.")


@kutse.command()
@click.argument("name", required=False)
def journeys(name: str | None) -> None:
    """Print what is expected of whom, in each journey or in NAME.

    The text is Markdown, its drawings are Mermaid. Times are those of the school, if KUTSE_SCHOOL
    names one; each stands at the end of its journey as the school's file may have it.
    """
    known = installed_journeys()
    if name is not None and name not in known:
        raise Misconfigured(f'There is no journey "{name}"; {did_you_mean(name, known)}')
    file = read_settings().school
    school = load_school(file) if file else None

    from bot.reports.journeys import document

    click.echo(document(name, school=school), nl=False)


@kutse.command()
@click.option(
    "--seed", type=int, default=2026, show_default=True, help="Another seed, other people."
)
@click.option("--alumni", type=click.IntRange(0, 5000), default=300, show_default=True)
@click.option("--students", type=click.IntRange(0, 5000), default=120, show_default=True)
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True)
@click.option(
    "--picture", type=click.Path(path_type=Path), metavar="FILE", help="Draw the year, as a PNG."
)
def simulate(seed: int, alumni: int, students: int, days: int, picture: Path | None) -> None:
    """Let a made-up year of mentoring go by, and see what is kept.

    Made-up alumni and students, who answer quickly, late or never, speak to the real bot for a year.
    What the bot promises stands beside what was measured: that no request waits over 72 hours, no
    student over seven days without a word, and nobody is written to too often or at night. Nothing
    is sent to anybody, and nothing of your school is read. A year takes two minutes or so.
    """
    if picture and find_spec("matplotlib") is None:
        raise Misconfigured(
            "Drawing needs matplotlib, which is not installed; in the folder of Kutse, run: "
            'pip install -e ".[pictures]"'
        )
    if picture and not picture.absolute().parent.is_dir():
        raise Misconfigured(f'There is no folder "{picture.absolute().parent}" for the picture.')
    if picture and picture.is_dir():
        raise Misconfigured(f'"{picture}" is a folder; name the file of the picture itself.')

    from bot.simulation.simulating import simulate as let_go_by
    from bot.simulation.telling import told
    from bot.simulation.year import FIRST_DAY, Wish

    with _progress("A year goes by", shown=True) as progress:
        findings = let_go_by(Wish(seed, alumni, students, days), progress)
    for line in told(findings, seed):
        click.echo(line)
    if picture:
        from bot.simulation.picture import draw

        try:
            draw(findings, FIRST_DAY, picture)
        except OSError as failed:
            raise Misconfigured(
                f'The picture cannot be written to "{picture}": {failed.strerror}.'
            ) from None
        click.echo(f"The picture is in {picture}")
    if not findings.is_kept:
        sys.exit(NOTHING_DONE)


@kutse.group()
def people() -> None:
    """The people whom the school knows."""


@kutse.group()
def staff() -> None:
    """The people who work at the school."""


@kutse.group()
def classes() -> None:
    """The classes of students."""


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--encoding", metavar="NAME", help="How the file is written, if Kutse does not find that out."
)
def import_people(file: Path, encoding: str | None) -> None:
    """Take over the school's list of people who left, to compare sign-ups with.

    FILE is a CSV file with a name, a programme and a year in each line, as the office exports it.
    Of the names, only hashes are kept. Importing a list again changes nothing.
    """
    settings, school = configured()
    key = settings.key_for(school)

    from bot.checks import opened
    from bot.leavers import (
        CODECS,
        NOT_OPENED,
        UnusableList,
        about_import,
        about_list,
        content_of,
        encoding_called,
        read_leavers,
        remarks,
        take_over,
    )

    written = None if encoding is None else encoding_called(encoding)
    if encoding is not None and written is None:
        raise Misconfigured(f'There is no encoding "{encoding}"; {did_you_mean(encoding, CODECS)}')
    try:
        content = content_of(file)
        is_long = len(content) >= LONG_BYTES
        with opened(settings.database_for(school)) as database:
            with _progress("Reading the list", shown=is_long) as progress:
                reading = read_leavers(
                    content,
                    programmes={one.code: tuple(one.names.values()) for one in school.programmes},
                    key=key,
                    this_year=system_clock().astimezone(school.zone).year,
                    country=school.country,
                    encoding=written,
                    progress=progress,
                )
            with _progress("Writing the list", shown=is_long) as progress:
                added = take_over(
                    reading, begin=database.engine.begin, school_id=school.key, progress=progress
                )
    except UnusableList as unusable:
        click.echo(about_list(unusable), err=True)
        sys.exit(WRONG_USE if unusable.fault in NOT_OPENED else NOTHING_DONE)
    click.echo(about_import(added, reading))
    for sentence in remarks(reading, most=ROWS_SHOWN):
        click.echo(sentence, err=True)
    if reading.bad:
        sys.exit(NOTHING_DONE)


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


def configured() -> tuple[Settings, School]:
    """Return the settings and the school that they name.

    Raises:
        Misconfigured: either cannot be used.
    """
    settings = read_settings()
    if settings.school is None:
        raise Misconfigured(
            "KUTSE_SCHOOL is not set; it is the path of the school's file. "
            "To look around first, run: kutse demo"
        )
    return settings, load_school(settings.school)


def _opened(url: str) -> None:
    click.echo(f"Open {url} in a browser. Press Ctrl+C to stop.")


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


@contextmanager
def _progress(label: str, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Show how far something long is, if somebody is there to see it."""
    hidden = not shown or not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden) as bar:

        def tell(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield tell
