"""How a command finds whoever carries it out."""

from collections.abc import Callable
from typing import TypeVar

from bot.conversation.effects import Effect
from bot.domain.people import Command, PersonId
from bot.runtime.work import Carry, Work

CommandT = TypeVar("CommandT", bound=Command)
CARRIES: dict[type[Command], Carry] = {}
"""Filled by `carries_out` as the modules of `bot.runtime.commands` are imported."""


def carries_out(
    command: type[CommandT],
) -> Callable[
    [Callable[[Work, PersonId | None, CommandT], tuple[Effect, ...]]],
    Callable[[Work, PersonId | None, CommandT], tuple[Effect, ...]],
]:
    """Let the decorated function carry out `command`: in the open transaction, all of it or a refusal."""

    def declared(
        function: Callable[[Work, PersonId | None, CommandT], tuple[Effect, ...]],
    ) -> Callable[[Work, PersonId | None, CommandT], tuple[Effect, ...]]:
        if command in CARRIES:
            raise TypeError(f"{command.__name__} is carried out twice")
        CARRIES[command] = function
        return function

    return declared
