"""The published list of methods and fields, if there is a copy of it to check calls against."""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.telegram.wire import Call

VARIABLE = "KUTSE_BOT_API_SPEC"
"""Names a copy of `api.json` of github.com/PaulSonOfLars/telegram-bot-api-spec.

Without it calls are not checked against the list.
"""


@cache
def _specification(path: str) -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return read


def unknown_fields(call: Call) -> list[str]:
    """Return the names in `call` that the Bot API does not know, and those it asks for in vain."""
    path = os.environ.get(VARIABLE)
    if not path or not Path(path).is_file():
        return []
    specification = _specification(path)
    fields = {
        field["name"]: field for field in specification["methods"][call.method].get("fields", ())
    }
    found = [f"{call.method}.{name}?" for name in call.parameters if name not in fields]
    found += [
        f"{call.method}.{name} is missing"
        for name, field in fields.items()
        if field["required"] and name not in call.parameters
    ]
    for name, value in call.parameters.items():
        if name in fields:
            found += _in_value(
                specification, fields[name]["types"], value, f"{call.method}.{name}"
            )
    return found


def _in_value(
    specification: Mapping[str, Any], types: list[str], value: object, where: str
) -> list[str]:
    if isinstance(value, list):
        inner = [name.removeprefix("Array of ") for name in types]
        return [found for item in value for found in _in_value(specification, inner, item, where)]
    if not isinstance(value, dict):
        return []
    known: dict[str, list[str]] = {}
    for name in types:
        for field in specification["types"].get(name, {}).get("fields", ()):
            known.setdefault(field["name"], []).extend(field["types"])
    found = [f"{where}.{key}?" for key in value if key not in known]
    for key, item in value.items():
        if key in known:
            found += _in_value(specification, known[key], item, f"{where}.{key}")
    return found
