"""Who carries out which command: every module of this package declares some."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from bot.domain.people import Command
from bot.runtime.carrying import CARRIES
from bot.runtime.work import Carry


@cache
def every_command() -> Mapping[type[Command], Carry]:
    """Return who carries out each command there is."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return CARRIES
