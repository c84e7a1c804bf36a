"""Changing consents, the language, a rest, and deleting everything: one question each."""

from bot.conversation.choices import FREQUENCIES
from bot.conversation.consents import consent_switches, named
from bot.conversation.dialogue import AT_EASE, Dialogue, Done, Nothing, StepsOf
from bot.conversation.messages import Term, TermKind, msg
from bot.conversation.prompts import Choice, Option, Prompt
from bot.domain.consent import Purpose, SetConsents
from bot.domain.digest import ChooseFrequency, DigestDesk, Frequency
from bot.domain.rights import ChooseLanguage, Erase, Rest, RightsDesk

step = StepsOf(Nothing)
CHOSEN = {
    Frequency.NEEDED: msg(
        "No summary comes any more. The school writes only what is needed. To change that: /summary"
    ),
    Frequency.MONTHLY: msg("The summary comes once a month. To change that: /summary"),
    Frequency.WEEKLY: msg("The summary comes once a week. To change that: /summary"),
    Frequency.ANY_TIME: msg(
        "There is no summary any more: everything comes by itself, at most one message a day. To change that: /summary"
    ),
}
"""What is said to whoever has chosen."""


class ConsentChange(Dialogue[Nothing]):
    """What the school may write about, as it is now and as it is to be."""

    name = "rights.consents"
    patience = AT_EASE
    left_word = msg("All right. Everything stays as it was.")

    def __init__(self, desk: RightsDesk) -> None:
        self._desk = desk

    def _switches(self, draft: Nothing) -> Prompt[tuple[Purpose, ...]]:
        if self._desk.is_too_young_here:
            taken_back = msg(
                "This is what the school may write to you about, on its own page. Here you can only switch it off:"
                " Telegram asks its users to be at least {age}.\n"
                "Who is responsible: {school}. Contact: {privacy_contact}\n"
                "Full text: {privacy_url}\n"
                "A copy of your data: /mydata. Delete everything: /delete",
                age=str(self._desk.platform_age),
            )
            agreed = self._desk.consents()
            return consent_switches(taken_back, agreed, among=agreed)
        return consent_switches(
            msg(
                "This is what the school may write to you about. Switch on or off what you like.\n"
                "Who is responsible: {school}. Contact: {privacy_contact}\n"
                "Full text: {privacy_url}\n"
                "A copy of your data: /mydata. Delete everything: /delete"
            ),
            self._desk.consents(),
        )

    @step(_switches)
    def consents(self, draft: Nothing, purposes: tuple[Purpose, ...]) -> Done:
        if not purposes:
            nothing = msg("Done. The school writes to you only about what you ask for yourself.")
            return Done(nothing, SetConsents(()))
        if self._desk.needs_guardian():
            guardian = msg(
                "At your age a parent or guardian decides about this, so nothing is switched on."
                " Whom to ask: {contact}"
            )
            return Done(guardian, SetConsents(()))
        word = msg("Done. The school may write to you about: {topics}", topics=named(purposes))
        return Done(word, SetConsents(purposes))


class LanguageChange(Dialogue[Nothing]):
    """Which language to go on in."""

    name = "rights.language"
    patience = AT_EASE
    left_word = msg("All right. Everything stays as it was.")

    def __init__(self, desk: RightsDesk) -> None:
        self._desk = desk

    def _languages(self, draft: Nothing) -> Prompt[str]:
        return Choice(
            msg("Which language would you like?"),
            {
                code: (Option(msg("{language}", language=Term(TermKind.LANGUAGE, code))), code)
                for code in self._desk.languages
            },
        )

    @step(_languages)
    def language(self, draft: Nothing, language: str) -> Done:
        return Done(None, ChooseLanguage(language))


class Resting(Dialogue[Nothing]):
    """How long somebody wants to be left in peace."""

    name = "rights.rest"
    patience = AT_EASE
    left_word = msg("All right. Everything stays as it was.")

    @step(
        Choice(
            msg(
                "How long a break would you like? The school then writes only about what you have already agreed."
            ),
            {
                "1": (Option(msg("One month")), 1),
                "3": (Option(msg("Three months")), 3),
                "6": (Option(msg("Six months")), 6),
                "end": (Option(msg("No break: end it now")), 0),
            },
        )
    )
    def months(self, draft: Nothing, months: int) -> Done:
        return Done(None, Rest(months or None))


class Digest(Dialogue[Nothing]):
    """How often somebody reads what need not be read today."""

    name = "rights.digest"
    patience = AT_EASE
    left_word = msg("All right. Everything stays as it was.")

    def __init__(self, desk: DigestDesk) -> None:
        self._desk = desk

    def _how_often(self, draft: Nothing) -> Prompt[Frequency]:
        question = msg(
            "What need not be read at once comes in one summary. How often would you like it?\n"
            "So far: {chosen}\nWaiting for the next one: {n}",
            chosen=FREQUENCIES[self._desk.frequency()],
            n=self._desk.waiting(),
        )
        return Choice(
            question, {one.value: (Option(label), one) for one, label in FREQUENCIES.items()}
        )

    @step(_how_often)
    def how_often(self, draft: Nothing, chosen: Frequency) -> Done:
        return Done(CHOSEN[chosen], ChooseFrequency(chosen))


class Erasure(Dialogue[Nothing]):
    """Asked once: it cannot be undone."""

    name = "rights.erasure"
    patience = AT_EASE
    left_word = msg("All right. Everything stays as it was.")

    @step(
        Choice(
            msg(
                "This deletes everything that this chat keeps about you: profile, answers and messages."
                " Planned meetings are called off. It cannot be undone."
            ),
            {
                "delete": (Option(msg("Delete everything")), True),
                "keep": (Option(msg("Keep everything")), False),
            },
            side_by_side=True,
        )
    )
    def sure(self, draft: Nothing, sure: bool) -> Done:
        if not sure:
            return Done(msg("All right. Everything stays as it was."))
        return Done(
            msg(
                "Everything is deleted. People who had a meeting with you were told only that it will not take place."
                " The official record of your studies is separate; the school keeps it by law."
                " Thank you for your time with us. To come back: /start"
            ),
            Erase(),
        )
