"""What dialogues and lifecycles share: reading declarations, and saying what is wrong with them."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

MOST_NUDGES = 3
"""A fourth reminder drives people out; after the third it is the owner's turn."""


class JourneyError(Exception):
    """A journey is declared wrongly; raised on import wherever possible."""


def named_in_return(function: Callable[..., Any], move: type) -> tuple[str, ...]:
    """Return the names in the `move[Literal[...]]`s that `function` is annotated to return."""
    return tuple(name for kind, names in _returns(function) if kind is move for name in names)


def moves_returned(function: Callable[..., Any]) -> frozenset[type]:
    """Return the kinds of move that `function` is annotated to return."""
    return frozenset(kind for kind, _ in _returns(function))


@cache
def _returns(function: Callable[..., Any]) -> tuple[tuple[type, tuple[str, ...]], ...]:
    annotation = get_type_hints(function).get("return")
    if annotation is None:
        raise JourneyError(f"{function.__qualname__}: annotate what it returns")
    found: list[tuple[type, tuple[str, ...]]] = []
    for one in (
        (annotation,)
        if isinstance(get_origin(annotation), type) and _is_move(annotation)
        else (get_args(annotation) or (annotation,))
    ):
        kind = get_origin(one) or one
        if not isinstance(kind, type) or not kind.__module__.startswith("bot.conversation"):
            raise JourneyError(f"{function.__qualname__}: {one} is not a move")
        names: tuple[str, ...] = ()
        if getattr(kind, "__parameters__", ()):
            literal = next(iter(get_args(one)), None)
            if get_origin(literal) is not Literal:
                raise JourneyError(
                    f"{function.__qualname__}: annotate {kind.__name__} with a Literal"
                )
            names = get_args(literal)
        found.append((kind, names))
    return tuple(found)


def _is_move(annotation: Any) -> bool:
    kind = get_origin(annotation)
    return isinstance(kind, type) and kind.__module__.startswith("bot.conversation")


def reach(start: str, leads_to: Mapping[str, set[str]]) -> set[str]:
    """Return all that can be reached from `start`, itself included."""
    reached, queue = set[str](), [start]
    while queue:
        if (name := queue.pop()) not in reached:
            reached.add(name)
            queue.extend(leads_to.get(name, ()))
    return reached


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what reads and writes `kind` as JSON."""
    return TypeAdapter(kind)
