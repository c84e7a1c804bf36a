"""What is wrong with a configuration, in sentences that say what would be right."""

from collections.abc import Iterable, Sequence
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

NEAR = 70
"""How alike two words are, out of 100, for one to be offered in place of the other."""


class Misconfigured(Exception):
    """The configuration was not usable; each sentence names one place and what would be right."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def nearest(word: str, known: Iterable[str], *, at_least: int = NEAR) -> str | None:
    """Return which of `known` is most like `word`, if one is so alike out of 100."""
    near = process.extractOne(
        word, sorted(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=at_least
    )
    return near[0] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return what to say about a word that is not among `known`: the nearest, or what there is."""
    words = sorted(known)
    if near := nearest(word, words):
        return f'did you mean "{near}"?'
    if not words:
        return "there are none yet."
    return f"known are {', '.join(words[:20])}{' and others' if words[20:] else ''}."


def sentences(where: str, model: type[BaseModel], error: ValidationError) -> tuple[str, ...]:
    """Return one sentence for each thing that `model` refused; `where` names the file."""
    return tuple(_sentence(where, model, one) for one in error.errors(include_url=False))


def place(path: Sequence[int | str]) -> str:
    """Return `path` as people count: the second of the programmes is `programmes 2`."""
    words = ""
    for part in path:
        words += f" {part + 1}" if isinstance(part, int) else f"{', ' if words else ''}{part}"
    return words


def _sentence(where: str, model: type[BaseModel], error: ErrorDetails) -> str:
    path = error["loc"]
    at = f"{where}, {place(path)}"
    if error["type"] == "extra_forbidden":
        inside = _model_at(model, path[:-1])
        fields = inside.model_fields if inside else {}
        guess = did_you_mean(str(path[-1]), {one.alias or name for name, one in fields.items()})
        above = f", {place(path[:-1])}" if path[:-1] else ""
        return f'{where}{above}: "{path[-1]}" is not known; {guess}'
    meaning = _meaning(model, path)
    if error["type"] == "missing":
        return f"{at}: is missing; it is {meaning}."
    return f"{at}: cannot be {_shown(error['input'])}; it is {meaning}."


def _shown(value: object) -> str:
    """Return a value as it may stand in a sentence: a whole table would bury it."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    return f'"{value[:60]}"' if isinstance(value, str) else str(value)


def _model_at(model: type[BaseModel] | None, path: Sequence[int | str]) -> type[BaseModel] | None:
    for part in path:
        if isinstance(part, int) or model is None:
            continue
        found = _field(model, part)
        model = _model_in(found.annotation) if found else model
    return model


def _meaning(model: type[BaseModel], path: Sequence[int | str]) -> str:
    """Return the description of the innermost field on `path`, with an example of it."""
    inside: type[BaseModel] | None = model
    last: FieldInfo | None = None
    for part in path:
        found = _field(inside, part) if inside and isinstance(part, str) else None
        if found:
            last, inside = found, _model_in(found.annotation)
    if last is None or last.description is None:
        return "something else"
    example = f", for example {last.examples[0]}" if last.examples else ""
    return f"{last.description}{example}"


def _field(model: type[BaseModel], name: str) -> FieldInfo | None:
    by_alias = {one.alias or key: one for key, one in model.model_fields.items()}
    return by_alias.get(name) or model.model_fields.get(name)


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Return the model that a field holds: itself, or in a list, a table or an alternative."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner))), None)
