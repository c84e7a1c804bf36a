"""Somebody who comes says with how many, what they need, and whether they may be seen in photos."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from typing_extensions import override

from bot.conversation.dialogue import Dialogue, Done, Goto, StepsOf
from bot.conversation.messages import msg
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt
from bot.conversation.typed import Number, Words
from bot.domain.events.answers import DetailsTold

MOST_OF_NEEDS = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been said so far."""

    most: int = 0
    """How many may be brought."""
    companions: int = 0
    needs: str | None = field(default=None, repr=False)


step = StepsOf(Draft)


class TellDetails(Dialogue[Draft]):
    """With how many, what is needed, photos."""

    name = "events.details"

    @override
    def opens_with(self, opening: Mapping[str, str]) -> Draft:
        return Draft(int(opening["most"]))

    @step(
        MaySkip.over(
            Words(
                msg(
                    "Is there anything you need so that you can take part: step-free access, a sign language"
                    " interpreter, food? Staff read it, and it is deleted after the event."
                ),
                MOST_OF_NEEDS,
            ),
            msg("Nothing"),
        )
    )
    def needs(self, draft: Draft, needs: str | None) -> Goto[Literal["companions", "photos"]]:
        draft = replace(draft, needs=needs)
        return self.goto("companions" if draft.most else "photos", draft)

    def _companions(self, draft: Draft) -> Prompt[int]:
        question = msg(
            "How many people do you bring? At most: {most}. If nobody, write 0.", most=draft.most
        )
        return Number(question, 0, draft.most)

    @step(_companions)
    def companions(self, draft: Draft, number: int) -> Goto[Literal["photos"]]:
        return self.goto("photos", replace(draft, companions=number))

    @step(
        Choice(
            msg("Photos may be taken. May the school show some in which you can be seen?"),
            {
                "yes": (Option(msg("Yes")), True),
                "no": (Option(msg("Better not")), False),
            },
        )
    )
    def photos(self, draft: Draft, may_be_shown: bool) -> Done:
        return Done(
            msg("Noted. Thank you."), DetailsTold(draft.companions, draft.needs, may_be_shown)
        )
