"""The commands about people who left the school: they are taken onto its list, and off it."""

import sys
from pathlib import Path

import click

from bot.command_line import NOTHING_DONE, WRONG_USE, configured, progress_bar
from bot.domain.school import School
from bot.misconfigured import Misconfigured, did_you_mean
from bot.system_clock import system_clock

LONG_BYTES = 1 << 20
"""Of a list that takes long enough to be watched."""
ROWS_SHOWN = 20
"""Of those left out: a column that is wrong is wrong in every row."""


@click.group()
def people() -> None:
    """The people whom the school knows."""


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
            with progress_bar("Reading the list", shown=is_long) as progress:
                reading = read_leavers(
                    content,
                    programmes=programme_names(school),
                    key=key,
                    this_year=system_clock().astimezone(school.zone).year,
                    country=school.country,
                    encoding=written,
                    progress=progress,
                )
            with progress_bar("Writing the list", shown=is_long) as progress:
                added = take_over(
                    reading, begin=database.engine.begin, school_id=school.key, progress=progress
                )
    except UnusableList as unusable:
        click.echo(about_list(unusable), err=True)
        sys.exit(WRONG_USE if unusable.fault in NOT_OPENED else NOTHING_DONE)
    click.echo(about_import(added, reading))
    for sentence in remarks(added, reading, most=ROWS_SHOWN):
        click.echo(sentence, err=True)
    if reading.bad:
        sys.exit(NOTHING_DONE)


@people.command("remove")
@click.argument("name", required=False)
@click.option("--programme", help="What they studied: the code, or a name in any language.")
@click.option("--year", type=int, help="In which year they left.")
@click.option("--born", type=int, metavar="YEAR", help="Only who was born in this year.")
@click.option("--undated", is_flag=True, help="Only who is listed without a year of birth.")
@click.option(
    "--all", "everybody", is_flag=True, help="Everybody, as when the secret key is lost."
)
@click.option(
    "--yes", is_flag=True, help="Do it; without this, it is only said what would be done."
)
def remove_people(
    name: str | None,
    programme: str | None,
    year: int | None,
    born: int | None,
    *,
    undated: bool,
    everybody: bool,
    yes: bool,
) -> None:
    """Take whoever is called NAME off the list of people who left.

    Only the list is changed: whoever has signed up stays as they are. Without --yes nothing is
    changed, and the exit code is 1. To import a file that still names them lists them again.
    """
    is_one = name is not None and programme is not None and year is not None
    if everybody == is_one or (everybody and (name or programme or year or born or undated)):
        raise Misconfigured(
            'Say whom, as in: kutse people remove "Liis Saar" --programme welding --year 2019; '
            "or everybody: kutse people remove --all"
        )
    if born is not None and undated:
        raise Misconfigured("Either --born or --undated: nobody is listed with and without.")
    settings, school = configured()

    from bot.checks import opened
    from bot.leavers.removing import Sought, about_listed, code_called, on_list
    from bot.storage.leavers import cohort_sizes, forget_leavers, forget_rows

    with opened(settings.database_for(school)) as database, database.engine.begin() as tx:
        if name is None or programme is None or year is None:
            count = sum(cohort.people for cohort in cohort_sizes(tx, school.key))
            shown = [f"On the list, of all programmes and years: {count}"] if count else []
            if yes:
                forget_leavers(tx, school.key)
        else:
            code = code_called(programme, programme_names(school))
            who = Sought(name, code, year, born, undated=undated)
            rows = on_list(tx, school.key, settings.key_for(school), who)
            count, shown = len(rows), [about_listed(who, row) for row in rows]
            if yes:
                forget_rows(tx, school.key, rows)
    for line in shown:
        click.echo(line)
    if not shown:
        click.echo("Nobody like that is on the list; look at the spelling and the year.", err=True)
    elif not yes:
        click.echo("Nothing is changed yet. To take that off the list, add --yes.", err=True)
    if not (shown and yes):
        sys.exit(NOTHING_DONE)
    click.echo(f"Taken off the list: {count}.")


def programme_names(school: School) -> dict[str, tuple[str, ...]]:
    """Return how the school's programmes are called, in all its languages, by their codes."""
    return {one.code: tuple(one.names.values()) for one in school.programmes}
