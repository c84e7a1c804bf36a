"""What is known about a student's wish for a mentor, and who takes part in the search."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.conversation.messages import Message, Term, Who, msg, verbatim
from bot.domain.mentoring.fitting import Reason
from bot.domain.mentoring.offers import Topic
from bot.domain.mentoring.search import MentorReserved
from bot.domain.people import Part, PersonId, Side
from journeys.mentoring.words import TOPICS, in_words, studies

SEARCH = "mentoring.search"
"""The case of a search."""


ROUND_TAKES = timedelta(days=6)
"""So long at most it takes from the last wish of a round until mentors are asked."""


class Searching(Part):
    """Who takes part."""

    STUDENT = "student", Side.STUDENTS
    MENTOR = "mentor", Side.ALUMNI
    OWNER = "owner", Side.STAFF


STUDENT, MENTOR, OWNER = Searching


class Since(StrEnum):
    """What has happened since the student heard last, so that one letter says it together with what comes next."""

    TAKEN = "taken"
    """Another student was quicker with the mentor chosen first, or that mentor rests since."""
    DECLINED = "declined"
    SILENT = "silent"
    ELSEWHERE = "elsewhere"
    """The student would rather have somebody else."""
    GONE = "gone"
    """Whoever was asked left, or may not be asked any more; nobody hears why."""
    REFUSED = "refused"
    """The school would rather not have these two meet."""
    LEFT_OVER = "left_over"
    """The match of a round had nobody for the student."""
    FOUND = "found"
    """Staff have chosen whom to ask."""
    LOOKED = "looked"
    """The school looked again for a student who waited."""


FOUND = msg("The school has found somebody for you.")
WHAT_HAPPENED = {
    Since.FOUND: FOUND,
    Since.TAKEN: msg("{former:first} is no longer free."),
    Since.DECLINED: msg("{former:first} cannot take this on now. It is not about you."),
    Since.SILENT: msg("{former:first} could not answer in time. It is not about you."),
    Since.ELSEWHERE: msg("All right, {former:first} is no longer asked."),
    Since.GONE: msg("Whoever was asked can no longer take part. It is not about you."),
    Since.REFUSED: msg("The school suggests somebody else. It is not about you."),
    Since.LOOKED: msg("Somebody who fits is free now."),
    Since.LEFT_OVER: msg("The round has ended without a mentor for you. It is not about you."),
}
LONGER = msg("It takes a little longer, and nothing is forgotten.")
KEPT = msg(
    "Your request is kept. The school gathers requests until {gathered_until:date}, and then matches them together,"
    " so that as many as can be find a mentor."
)
STILL_OPEN = (
    msg("The round still gathers requests, until {gathered_until:date}. Yours is among them."),
    msg(
        "Requests are gathered until {gathered_until:date}. Until then you can ask the school what you would ask"
        " a mentor. Contact: {contact}."
    ),
    msg(
        "Your request waits for its round, which gathers requests until {gathered_until:date}."
        " You need do nothing."
    ),
)
"""What is said in turn while a round is open: the wait may take two months."""
ALL_GATHERED = msg("All requests of the round have been gathered. Now the school matches them.")
SILENT_TOO = msg("{former:first} could not answer in time, either. It is not about you.")
ANEW = frozenset({Since.FOUND, Since.LOOKED})
"""What the school does after something has happened."""
UNTOLD_FOR = timedelta(hours=12)
"""So long a letter may wait at night; that of a state which is left meanwhile does not leave at all."""
NOBODY = msg("Nobody who fits is free at the moment.")
NOBODY_ELSE = msg("Nobody else who fits is free at the moment.")
NOBODY_YET = msg("The school has looked again: nobody who fits is free yet.")
GONE_TO = msg("Your request has gone to {asked:first}.")
GONE_TO_NEXT = msg("Your request has gone to your next choice: {asked:first}.")


@dataclass(frozen=True, slots=True)
class Search:
    """What is known about one wish. Rows keep people as numbers, never as names."""

    topic: Topic
    goal: str = field(repr=False)
    programme: str | None = None
    """The code of what the student learns."""
    choices: tuple[PersonId, ...] = ()
    """Mentors to ask next, best first; after them, whoever fits."""
    asked: tuple[PersonId, ...] = ()
    """Mentors who have been asked, the present one last."""
    reasons: tuple[Reason, ...] = ()
    """Why the present one."""
    former: PersonId | None = None
    """Whom the request was with before."""
    since: Since | None = None
    """What the student has not heard of yet; None for a new wish."""
    earlier: Since | None = None
    """What happened shortly before that, and may not have been told."""
    since_at: datetime | None = None
    """When the first of these happened."""
    is_choice: bool = False
    """Whether the student named the present mentor after the first."""
    needs_approval: bool = False
    """Whether staff agree to the pair before the two meet."""
    question: str = field(default="", repr=False)
    """What the mentor wants to know first."""
    answer_by: datetime | None = None
    """Until when the mentor who has asked something can answer the request, as they were told before."""
    answer: str = field(default="", repr=False)
    position: int = 0
    """Place on the waiting list; 0 while somebody is being asked."""
    word_by: datetime | None = None
    """When the student hears again at the latest."""
    words: int = 0
    """How often the student has heard that the wait for a round, or in line, goes on."""
    is_gathered: bool = False
    """Whether all wishes of the round were gathered when the student heard last."""
    silences: int = 0
    """Mentors who did not answer, one after the other."""
    gathered_until: datetime | None = None
    """Until when the round gathers wishes in which this one waits; None if it is in none."""
    is_approved: bool = False
    """Whether staff have chosen the present mentor, and need not see the pair again."""

    def after(self, since: Since, now: datetime) -> "Search":
        """Return what is known after something has happened that the student is to hear of.

        What was there to tell shortly before is told with it: the letter may not have left.
        """
        is_told = self.since_at is None or now >= self.since_at + UNTOLD_FOR
        before = self.earlier if self.since in ANEW else self.since
        earlier = before if since in ANEW and not is_told else None
        since_at = self.since_at if earlier else now
        return replace(self, since=since, earlier=earlier, since_at=since_at)

    def asking(self, event: MentorReserved, now: datetime, *, is_named: bool) -> "Search":
        """Return what is known while a mentor is asked; *is_named* if the student has heard who it is."""
        first = None if self.asked or self.since else next(iter(self.choices), None)
        is_taken = first not in {None, event.mentor} and not event.is_approved
        facts = self
        if is_taken:
            facts = replace(self.after(Since.TAKEN, now), former=first)
        elif is_named:
            facts = replace(self, since=None, earlier=None)
        elif event.is_approved:
            facts = self.after(Since.FOUND, now)
        is_next_choice = event.mentor in self.choices and event.mentor != first
        return replace(
            facts,
            choices=tuple(one for one in self.choices if one != event.mentor),
            asked=(*self.asked, event.mentor),
            reasons=event.reasons,
            is_choice=is_next_choice and not event.is_approved,
            question="",
            answer="",
            position=0,
            is_approved=event.is_approved,
        )

    def waiting_on(self, now: datetime) -> "Search":
        """Return what is known when the student hears that the wait goes on."""
        is_gathered = self.gathered_until is not None and self.gathered_until <= now
        return replace(self, words=self.words + 1, is_gathered=is_gathered)

    @property
    def of_the_round(self) -> Message:
        """What becomes of a wish that waits for its round; not the same words every time."""
        if self.is_gathered:
            return ALL_GATHERED
        said = (KEPT, *STILL_OPEN)[self.words and (self.words - 1) % len(STILL_OPEN) + 1]
        return said.filled({"gathered_until": self.gathered_until})

    @property
    def of_the_line(self) -> Message:
        """What becomes of a wish that waits for its turn with a mentor."""
        return LONGER if self.words else FOUND

    @property
    def forgotten_at(self) -> datetime | None:
        """When it waits for its round no longer, whatever has become of that."""
        return self.gathered_until and self.gathered_until + ROUND_TAKES

    @property
    def help_with(self) -> Message:
        """What the student wants help with."""
        return TOPICS[self.topic]

    @property
    def studies(self) -> Message | Term:
        """What the student learns."""
        return studies(self.programme)

    @property
    def because(self) -> tuple[Message, ...]:
        """Why these two, in plain words."""
        return in_words(self.reasons)

    @property
    def gone_to(self) -> Message:
        """To whom the request has gone, after what has happened since."""
        # Only while a mentor is asked, which is when the last of `asked` is the one.
        asked = Who(self.asked[-1]) if self.asked else None
        gone = (GONE_TO_NEXT if self.is_choice else GONE_TO).filled({"asked": asked})
        return self._after_what_happened(gone)

    @property
    def nobody(self) -> Message:
        """That nobody is free, after what has happened since."""
        match self.since:
            case None:
                return NOBODY
            case Since.LOOKED:
                return self._after(self.earlier, NOBODY_YET)
            case _:
                return self._after_what_happened(NOBODY_ELSE)

    def _after_what_happened(self, then: Message) -> Message:
        return self._after(self.earlier, self._after(self.since, then))

    def _after(self, since: Since | None, then: Message) -> Message:
        if since is None:
            return then
        return msg("{happened} {then}", happened=self._naming(WHAT_HAPPENED[since]), then=then)

    def _naming(self, happened: Message) -> Message:
        return happened.filled({"former": Who(self.former) if self.former else None})

    @property
    def silent_too(self) -> Message:
        """That another mentor did not answer."""
        return self._naming(SILENT_TOO)

    @property
    def passed_on(self) -> Message:
        """What has become of the mentor's question, as the student hears it."""
        if self.answer:
            return msg("Your answer has been passed on.")
        return msg("The time for your answer is over, so the decision comes without it.")

    @property
    def said(self) -> Message:
        """The answer to the mentor's question."""
        if self.answer:
            return verbatim(self.answer)
        return msg("no answer") if self.question else msg("you have not asked anything")
