"""What is said in a sign-up, so that the peer says the same, letter by letter, as Kutse does."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.loopback.chats import Shown

LINES = (
    "name",
    "born",
    "programme",
    "left_in",
    "how_left",
    "doing",
    "town",
    "offers",
    "frequency",
    "consents",
)
"""What stands in the lines of the review, from top to bottom."""
TOWN, OFFERS = LINES.index("town"), LINES.index("offers")
_LINE = re.compile(r"^(\d+\. [^:\n]+: )(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A text, the hint in italics below it, and the labels of its buttons, row by row."""

    text: str
    hint: str
    labels: list[list[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is said."""

    questions: Mapping[str, Question]
    """The review and the welcome have slots in braces."""
    done: str
    """The button below switches that are on; `n` says how many."""
    not_told: str
    nothing: str

    @classmethod
    def heard(cls, replies: Sequence[tuple[str, Shown]], name: str) -> "Words":
        """Take the words from the replies that somebody called `name` got, in the order they got them."""
        first: dict[str, Shown] = {}
        for key, shown in replies:
            first.setdefault(key, shown)
        questions = {key: _question(shown) for key, shown in first.items()}
        switched = [shown for key, shown in replies if key == "consents"][1]
        review, welcome = questions["review"], questions["welcome"]
        values = [found[2] for found in _LINE.finditer(review.text)]
        keys = iter(LINES)
        lines = _LINE.sub(lambda line: f"{line[1]}{{{next(keys)}}}", review.text)
        questions["review"] = Question(lines, review.hint, review.labels)
        said = welcome.text.replace(name, "{name}")
        questions["welcome"] = Question(said, welcome.hint, welcome.labels)
        done = switched.keyboard[-1][-1]["text"].replace("1", "{n}")
        return cls(questions, done, values[TOWN], values[OFFERS])

    def write(self, path: Path) -> None:
        """Keep the words in a file."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Words":
        """Read what `write` wrote."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        questions = {key: Question(**one) for key, one in kept.pop("questions").items()}
        return cls(questions, **kept)


def _question(shown: Shown) -> Question:
    labels = [[button["text"] for button in row] for row in shown.keyboard]
    if not shown.entities:
        return Question(shown.text, "", labels)
    # The hint is the last paragraph, and the only one with a look of its own.
    (italic,) = shown.entities
    text, _, hint = shown.text.rpartition("\n\n")
    if (italic["type"], italic["length"]) != ("italic", len(hint)):
        raise ValueError(
            "the words of the sign-up are laid out in a way that the peer does not know"
        )
    return Question(text, hint, labels)
