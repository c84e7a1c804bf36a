"""Somebody who studied here tells about themselves."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal

from bot.conversation.choices import FREQUENCIES, OFFERS
from bot.conversation.consents import consent_switches, named
from bot.conversation.dialogue import Dialogue, Done, Goto, Revisit, StepsOf
from bot.conversation.messages import msg, verbatim
from bot.conversation.prompts import DONE, Option, Prompt, Review
from bot.domain.consent import Purpose, SetConsents
from bot.domain.digest import Frequency
from bot.domain.rights import Erase
from bot.domain.signup import Doing, HowLeft, KeepProfile, Offer, Profile, SignupDesk
from journeys.signup import questions as q
from journeys.signup.ages import (
    ask_a_guardian,
    go_to_the_page,
    guardian_decides,
    is_it_right,
    not_on_this_network,
    year_of_birth,
)
from journeys.signup.leaving import LEFT, NOTHING_KEPT, unfinished
from journeys.signup.lifecycle import DEPUTY, NEWCOMER, OWNER, Application, Signup


@dataclass(frozen=True, slots=True)
class Draft:
    """What the newcomer has told us so far."""

    born: int
    """0 where an earlier release kept none."""
    purposes: tuple[Purpose, ...] = ()
    name: str = field(default="", repr=False)
    programme: str | None = None
    left_in: int | None = None
    how_left: HowLeft | None = None
    doing: Doing | None = None
    town: str | None = field(default=None, repr=False)
    offers: tuple[Offer, ...] = ()
    frequency: Frequency | None = None


step = StepsOf(Draft)
Line = Literal[
    "full_name",
    "born",
    "programme",
    "left_in",
    "how_left",
    "doing",
    "town",
    "offers",
    "frequency",
    "consents",
]
"""What can be changed in the review; each is a step."""


class AlumniSignup(Dialogue[Draft]):
    """The shortest way is six taps and two typed answers; the rest can be skipped."""

    name = "signup.alumni"
    patience = unfinished(timedelta(days=1), timedelta(days=4))
    left, left_word = LEFT, NOTHING_KEPT

    def __init__(self, desk: SignupDesk) -> None:
        self._desk = desk

    def _switches(self, draft: Draft) -> Prompt[tuple[Purpose, ...]]:
        return consent_switches(
            msg(
                "Now choose what the school may write to you about. Everything is off until you switch it on."
                " You can change it at any time: /privacy"
            ),
            draft.purposes,
        )

    @step(_switches)
    def consents(self, draft: Draft, purposes: tuple[Purpose, ...]) -> Goto[Literal["full_name"]]:
        return self.goto("full_name", replace(draft, purposes=purposes))

    @step(q.NAME)
    def full_name(self, draft: Draft, name: str) -> Goto[Literal["programme"]]:
        return self.goto("programme", replace(draft, name=" ".join(name.split())))

    def _studies(self, draft: Draft) -> Prompt[str]:
        return q.studies(self._desk.programmes)

    @step(_studies)
    def programme(self, draft: Draft, programme: str) -> Goto[Literal["left_in"]]:
        return self.goto("left_in", replace(draft, programme=programme))

    def _year(self, draft: Draft) -> Prompt[int]:
        return q.year_left(self._desk.year)

    @step(_year)
    def left_in(self, draft: Draft, year: int) -> Goto[Literal["how_left"]]:
        return self.goto("how_left", replace(draft, left_in=year))

    @step(q.ENDING)
    def how_left(self, draft: Draft, how_left: HowLeft) -> Goto[Literal["doing"]]:
        return self.goto("doing", replace(draft, how_left=how_left))

    @step(q.PRESENT)
    def doing(self, draft: Draft, doing: Doing | None) -> Goto[Literal["town"]]:
        return self.goto("town", replace(draft, doing=doing))

    @step(q.TOWN)
    def town(self, draft: Draft, town: str | None) -> Goto[Literal["offers"]]:
        return self.goto("offers", replace(draft, town=town))

    def _gifts(self, draft: Draft) -> Prompt[tuple[Offer, ...]]:
        return q.gifts(draft.offers)

    @step(_gifts)
    def offers(self, draft: Draft, offers: tuple[Offer, ...]) -> Goto[Literal["frequency"]]:
        return self.goto("frequency", replace(draft, offers=offers))

    @step(q.HOW_OFTEN)
    def frequency(self, draft: Draft, frequency: Frequency | None) -> Goto[Literal["review"]]:
        return self.goto("review", replace(draft, frequency=frequency))

    def _born(self, draft: Draft) -> Prompt[int]:
        return year_of_birth(self._desk.year)

    @step(_born)
    def born(
        self, draft: Draft, born: int
    ) -> Goto[Literal["review"]] | Revisit[Literal["too_young"]]:
        corrected = replace(draft, born=born)
        if guardian_decides(self._desk, born) or not_on_this_network(self._desk, born):
            return self.revisit("too_young", corrected)
        return self.goto("review", corrected)

    def _is_it_right(self, draft: Draft) -> Prompt[bool]:
        ends = guardian_decides(self._desk, draft.born)
        return is_it_right(self._desk, draft.born, ends=ends)

    @step(_is_it_right)
    def too_young(self, draft: Draft, is_right: bool) -> Goto[Literal["born"]] | Done:
        if not is_right:
            return self.goto("born", draft)
        if guardian_decides(self._desk, draft.born):
            return Done(ask_a_guardian(self._desk), Erase())
        return self.elsewhere(draft)

    def lines(self, draft: Draft) -> Prompt[Line | Literal["/done"]]:
        """Return the review of all that was told."""
        purposes = named(draft.purposes)
        told: dict[Line, Option] = {
            "full_name": q.line(msg("Name"), verbatim(draft.name)),
            "born": q.line(msg("Year of birth"), q.as_typed(str(draft.born or ""))),
            "programme": q.line(msg("Programme"), q.programme_named(draft.programme)),
            "left_in": q.line(msg("Year"), q.as_typed(str(draft.left_in))),
            "how_left": q.line(
                msg("How it ended"), q.HOW_LEFT[draft.how_left] if draft.how_left else None
            ),
            "doing": q.line(msg("Now"), q.DOING[draft.doing] if draft.doing else None),
            "town": q.line(msg("Town"), q.as_typed(draft.town)),
            "offers": q.line(msg("You offer"), q.listed(OFFERS, draft.offers)),
            "frequency": q.line(
                msg("How often"), FREQUENCIES[draft.frequency] if draft.frequency else None
            ),
            "consents": q.line(
                msg("The school may write about"),
                msg("{chosen}", chosen=purposes) if purposes else msg("nothing so far"),
            ),
        }
        if draft.born and not_on_this_network(self._desk, draft.born):
            # Nothing new is agreed to here, and to take back what was is one tap away: /privacy
            del told["consents"]
        return Review(
            msg("Please check. To change a line, choose it. Is everything right?"),
            told,
            msg("Send"),
        )

    @step(lines)
    def review(self, draft: Draft, line: Line | Literal["/done"]) -> Revisit[Line] | Done:
        if line != DONE:
            return self.revisit(line, draft)
        return self.sent(draft)

    def elsewhere(self, draft: Draft) -> Done:
        """Return what follows for somebody who may take part, but not by this network."""
        return Done(go_to_the_page(self._desk), Erase())

    def sent(self, draft: Draft) -> Done:
        """Return what follows when all is right."""
        profile = profile_of(draft)
        match = self._desk.on_list(profile, draft.born)
        application = Application.of(profile, match, self._desk.answer_days)
        people = {OWNER: self._desk.owner("signup"), DEPUTY: self._desk.deputy("signup")}
        seated = {part: who for part, who in people.items() if who is not None}
        return Done(
            None,
            KeepProfile(profile, draft.born),
            SetConsents(draft.purposes),
            Signup.open(application, seated, mine=NEWCOMER),
        )


def profile_of(draft: Draft) -> Profile:
    """Return what was told as a profile."""
    return Profile(
        draft.name,
        None if draft.programme == q.NONE_OF_THESE else draft.programme,
        draft.left_in,
        draft.how_left,
        draft.doing,
        draft.town,
        draft.offers,
        draft.frequency,
    )
