"""Somebody tells what worries them."""

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Nothing, StepsOf
from bot.conversation.messages import msg
from bot.conversation.typed import Words
from bot.domain.concern import ConcernDesk
from journeys.concern.lifecycle import LEAD, OWNER, Concern, Worry

step = StepsOf(Nothing)


class TellConcern(Dialogue[Nothing]):
    """One question, and no more than the person wants to say."""

    name = "concern.tell"
    patience = AT_EASE
    left_word = msg("All right. Nothing was sent. You can come back at any time: /report")

    def __init__(self, desk: ConcernDesk) -> None:
        self._desk = desk

    @step(
        Words(
            msg(
                "What worries you? Write as much or as little as you like. One person at the school reads it: {lead}\n"
                "If somebody is in danger now, call 112. Helpline for children: {helpline}"
            ),
            max_chars=2000,
        )
    )
    def words(self, draft: Nothing, words: str) -> Done:
        people = {LEAD: self._desk.safeguarding_lead(), OWNER: self._desk.owner("concern")}
        seated = {part: who for part, who in people.items() if who is not None}
        return Done(
            msg(
                "Thank you for telling us. What you wrote goes to one person at the school: {lead}."
                " That person may have to involve others to keep somebody safe."
                " Whoever it is about is not told by this chat."
                " If somebody is in danger now, call 112. Helpline for children: {helpline}"
            ),
            Concern.open(Worry(words), seated),
        )
