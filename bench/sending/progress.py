"""How far something long is, on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.sending.network import Tell
from bot.command_line import progress_bar


@contextmanager
def shown(label: str) -> Iterator[Tell]:
    """Show a bar, if somebody is there to see it."""
    with progress_bar(f"{label:<28}", shown=True) as tell:
        yield tell
