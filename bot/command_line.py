"""What the commands share: their exit codes, the configuration they need, and how far they are."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from bot.domain.school import School
from bot.misconfigured import Misconfigured
from bot.school import load_school
from bot.settings import Settings, read_settings

NOTHING_DONE = 1
WRONG_USE = 2


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


@contextmanager
def progress_bar(label: str, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Show how far something long is, if somebody is there to see it."""
    hidden = not shown or not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden) as bar:

        def tell(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield tell
