"""What has been written to many: the last letters, how each stands, and what can be done about it."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Goto, StepsOf, known
from bot.conversation.effects import Start
from bot.conversation.messages import Message, msg
from bot.conversation.prompts import Choice, Option, Prompt
from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.desk import BroadcastDesk, SteerLetter
from bot.domain.broadcasts.events import SendingEnded, SendingResumed, SendingStopped
from bot.domain.broadcasts.sent import SentLetter, Tally
from bot.domain.people import CaseEvent, CaseId
from journeys.broadcasts.compose import Compose

MOST = 7
"""So many of the last letters are shown, beside a new one and the end: more do not fit a phone."""
NEW, ENOUGH, BACK, CORRECT = "new", "enough", "back", "correct"
NO_LONGER = msg("You can no longer write to many.")
LEAVE = msg("All right. To see them again: /broadcast")
STEERED: dict[str, tuple[Message, CaseEvent]] = {
    "stop": (msg("Stop it"), SendingStopped()),
    "go_on": (msg("Go on sending"), SendingResumed()),
    "end": (msg("Leave it at that"), SendingEnded()),
}
STEERS = {"sending": ("stop",), "stopped": ("go_on", "end")}
"""What can be done in which state, as its lifecycle lets whoever answers for it."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Which letter is looked at."""

    case: CaseId | None = None


step = StepsOf(Looking)


class Sent(Dialogue[Looking]):
    """The last letters to many, the newest first; each can be stopped, taken up again or corrected.

    Invitations, too: whoever was invited by mistake can be told so, whether they have answered or not.
    """

    name = "broadcasts.sent"
    patience = AT_EASE
    left_word = LEAVE

    def __init__(self, desk: BroadcastDesk) -> None:
        self._desk = desk

    def _no_longer(self) -> Prompt[str]:
        """Return what somebody sees whose rights have ended with the list before them."""
        return Choice(NO_LONGER, {ENOUGH: (Option(msg("All right")), ENOUGH)}, gone=ENOUGH)

    def _letters(self, draft: Looking) -> Prompt[str]:
        if not self._desk.may_broadcast:
            return self._no_longer()
        rows = {NEW: Option(msg("Write a new one"))}
        for one in self._desk.sent(MOST):
            rows[str(one.case)] = Option(one.facts.title, self._in_short(one))
        rows[ENOUGH] = Option(msg("That is all"))
        question = msg("Messages to many. Write a new one, or look at one of the last:")
        # What is no longer among the last has not been looked at for long.
        return Choice(question, {id_: (option, id_) for id_, option in rows.items()}, gone=ENOUGH)

    @step(_letters)
    def letters(self, draft: Looking, answer: str) -> Goto[Literal["letter"]] | Done:
        if answer == NEW:
            return Done(None, Start(Compose.name))
        if answer == ENOUGH:
            return Done(LEAVE if self._desk.may_broadcast else NO_LONGER)
        return self.goto("letter", replace(draft, case=CaseId(int(answer))))

    def _letter(self, draft: Looking) -> Prompt[str]:
        if not self._desk.may_broadcast:
            return self._no_longer()
        one = self._looked_at(draft)
        rows = {deed: Option(STEERED[deed][0]) for deed in STEERS.get(one.state, ())}
        reach = self._desk.reach(Audience(got=one.case), one.facts.purpose)
        has_left = one.state in {"stopped", "sent"} or _is_out(one)
        if has_left and (reach.people or reach.excluded):
            rows[CORRECT] = Option(msg("Write to those who got it"))
        rows[BACK] = Option(msg("Back to the list"))
        told = msg(
            "{title}\n\n{text}\n\nWritten: {day:date}\nTo: {whom}\n{standing}",
            title=one.facts.title,
            text=one.facts.text,
            day=one.opened_at,
            whom=one.facts.whom,
            standing=self._in_full(one),
        )
        return Choice(told, {id_: (option, id_) for id_, option in rows.items()}, gone=BACK)

    @step(_letter)
    def letter(self, draft: Looking, answer: str) -> Goto[Literal["letters"]] | Done:
        if answer == ENOUGH:
            return Done(NO_LONGER)
        one = self._looked_at(draft)
        if answer == CORRECT:
            return Done(None, Start(Compose.name, {"got": str(one.case)}))
        if answer == BACK:
            return self.goto("letters", Looking())
        _, event = STEERED[answer]
        return Done(None, SteerLetter(one.case, one.entry, event))

    def _looked_at(self, draft: Looking) -> SentLetter:
        return known(self._desk.sent_before(known(draft.case)))

    def _in_short(self, one: SentLetter) -> Message:
        tally = self._desk.tally(one.case)
        if _is_out(one):
            return _counted(msg("an invitation; reached: {reached}"), tally)
        match one.state:
            case "to_approve":
                return msg("waits for a second member of staff")
            case "sending":
                return _counted(msg("on its way; reached: {reached}, waiting: {waiting}"), tally)
            case "stopped":
                return _counted(msg("stopped; reached: {reached}, waiting: {waiting}"), tally)
            case "sent":
                return _counted(msg("done; reached: {reached}"), tally)
            case _:
                return msg("not sent")

    def _in_full(self, one: SentLetter) -> Message:
        tally = self._desk.tally(one.case)
        if _is_out(one):
            return msg(
                "It is an invitation to an event.\n{standing}", standing=one.facts.how_it_stands
            )
        match one.state:
            case "to_approve":
                return msg("Nothing has been sent yet: it waits for a second member of staff.")
            case "sending":
                return _counted(
                    msg(
                        "It is on its way.\nReached: {reached}\nWaiting: {waiting}\nNot reached: {not_reached}"
                    ),
                    tally,
                )
            case "stopped":
                return _counted(
                    msg(
                        "It has been stopped.\nReached: {reached}\nWaiting: {waiting}\nNot reached: {not_reached}"
                    ),
                    tally,
                )
            case "sent":
                report = msg("It is done.\nReached: {reached}\nNot reached: {why_not}")
                return _counted(report.filled({"why_not": one.facts.not_reached}), tally)
            case _:
                return msg("It was not sent.")


def _is_out(one: SentLetter) -> bool:
    """Return whether it is an invitation that somebody has got, or is to get; its event says the rest."""
    return one.is_invitation and one.state not in {"to_approve", "dropped"}


def _counted(said: Message, tally: Tally) -> Message:
    return said.filled(
        {
            "reached": tally.reached,
            "waiting": tally.waiting,
            "not_reached": tally.not_reached,
        }
    )
