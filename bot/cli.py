"""The command line: reads the configuration, calls one function, says what came of it.

Exit codes: 0 done; 1 problems found, or nothing done; 2 wrong use or configuration.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import click
from typing_extensions import override

from bot.cli_people import people
from bot.cli_staff import classes, staff
from bot.command_line import NOTHING_DONE, WRONG_USE, configured, progress_bar
from bot.for_good import kept_for_good
from bot.misconfigured import Misconfigured, did_you_mean
from bot.school import installed_journeys, load_school
from bot.settings import read_settings


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
    """Let a made-up year go by, and see what is kept.

    Made-up alumni and students, who answer quickly, late or never, and two coordinators speak to the
    real bot for a year. What the bot promises stands beside what was measured: that no request waits
    over 72 hours, no student over seven days without a word, nobody is written to too often, at night
    or without having agreed, and no event has more guests than places. Nothing is sent to anybody,
    and nothing of your school is read. A year takes a minute or less.
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

    with progress_bar("A year goes by", shown=True) as progress:
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


def _opened(url: str) -> None:
    click.echo(f"Open {url} in a browser. Press Ctrl+C to stop.")


for group in (people, staff, classes):
    kutse.add_command(group)
