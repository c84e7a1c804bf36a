"""Whom it is for that is written to many: a choice of people that grows line by line."""

from dataclasses import replace
from typing import Literal, assert_never
from zlib import crc32

from bot.conversation.audiences import CONTACTS, HOW_LEFT, ROLES, in_any
from bot.conversation.choices import OFFERS
from bot.conversation.dialogue import Goto, part_step
from bot.conversation.messages import Term, TermKind, msg
from bot.conversation.prompts import Choice, MaySkip, Option, Prompt, Several
from bot.conversation.to_many.draft import EVERYBODY, WrittenT
from bot.conversation.to_many.wording import Wording, called
from bot.conversation.typed import Year
from bot.domain.broadcasts.audience import INVITABLE, Audience, Contact
from bot.domain.people import CaseId, Role
from bot.domain.signup import HowLeft, Offer

EARLIEST_YEAR = 1950
MOST_TOWNS = 24
"""Three pages of towns: whoever lives in another is in any case meant by all others."""
MOST_EARLIER = 8
DONE = msg("Done")
Line = Literal[
    "roles", "kinds", "programmes", "years", "towns", "reads", "offers", "contact", "not_again"
]
LINES: dict[Line, Option] = {
    "roles": Option(msg("What they are to the school")),
    "kinds": Option(msg("How they left")),
    "programmes": Option(msg("Programmes")),
    "years": Option(msg("Years of leaving")),
    "towns": Option(msg("Towns")),
    "reads": Option(msg("Languages of the readers")),
    "offers": Option(msg("What they offer")),
    "contact": Option(msg("In touch or silent")),
    "not_again": Option(msg("Leave out who got another one")),
}


class ToWhom(Wording[WrittenT], is_part=True):
    """Whom it is for."""

    def _roles(self, draft: WrittenT) -> Prompt[tuple[Role, ...]]:
        rows = {one.value: (Option(ROLES[one]), one) for one in INVITABLE}
        chosen = draft.audience.roles if draft.audience.roles != EVERYBODY.roles else ()
        question = msg("Who is it for? Choose some, or none for everybody.")
        return Several(question, rows, DONE, tuple(one.value for one in chosen))

    @part_step(_roles)
    def roles(self, draft: WrittenT, roles: tuple[Role, ...]) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, roles=roles or INVITABLE))

    @part_step(
        Choice(
            msg("Whom is it for? Every line narrows it; which one would you like to change?"),
            {line: (option, line) for line, option in LINES.items()},
        )
    )
    def whom(
        self, draft: WrittenT, line: Line
    ) -> Goto[
        Literal[
            "roles",
            "kinds",
            "programmes",
            "left_from",
            "towns",
            "reads",
            "offers",
            "contact",
            "not_again",
            "check",
        ]
    ]:
        match line:
            case "years":
                return self.goto("left_from", draft)
            case "towns" if not self._desk.towns(1):
                return self.goto("check", draft, first=msg("Nobody has said yet where they live."))
            case "not_again" if not self._desk.earlier(1):
                return self.goto(
                    "check", draft, first=msg("Nothing has been written to many yet.")
                )
            case (
                "roles"
                | "kinds"
                | "programmes"
                | "towns"
                | "reads"
                | "offers"
                | "contact"
                | "not_again"
            ):
                return self.goto(line, draft)
            case _:
                assert_never(line)

    def _kinds(self, draft: WrittenT) -> Prompt[tuple[HowLeft, ...]]:
        rows = {one.value: (Option(label), one) for one, label in HOW_LEFT.items()}
        question = msg("How did they leave? Choose some, or none for all.")
        return Several(question, rows, DONE, tuple(one.value for one in draft.audience.how_left))

    @part_step(_kinds)
    def kinds(self, draft: WrittenT, how_left: tuple[HowLeft, ...]) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, how_left=how_left))

    def _programmes(self, draft: WrittenT) -> Prompt[tuple[str, ...]]:
        rows = {
            one: (Option(msg("{programme}", programme=Term(TermKind.PROGRAMME, one))), one)
            for one in self._desk.programmes
        }
        question = msg("Of which programmes? Choose some, or none for all.")
        return Several(question, rows, DONE, draft.audience.programmes)

    @part_step(_programmes)
    def programmes(self, draft: WrittenT, programmes: tuple[str, ...]) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, programmes=programmes))

    def _left_from(self, draft: WrittenT) -> Prompt[int | None]:
        asked = Year(msg("From which year of leaving on?"), EARLIEST_YEAR, self._desk.year)
        return MaySkip.over(asked, msg("From any year"))

    @part_step(_left_from)
    def left_from(self, draft: WrittenT, year: int | None) -> Goto[Literal["left_until"]]:
        audience = replace(draft.audience, left_from=year)
        return self.goto("left_until", replace(draft, audience=audience))

    def _left_until(self, draft: WrittenT) -> Prompt[int | None]:
        first = draft.audience.left_from or EARLIEST_YEAR
        asked = Year(msg("Up to which year of leaving?"), first, self._desk.year)
        return MaySkip.over(asked, msg("Up to now"))

    @part_step(_left_until)
    def left_until(self, draft: WrittenT, year: int | None) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, left_until=year))

    def _towns(self, draft: WrittenT) -> Prompt[tuple[tuple[str, ...], ...]]:
        # By its name, so that it stays what it is when others tell where they live meanwhile.
        towns = {
            f"{crc32(one.name.casefold().encode()):x}": one for one in self._desk.towns(MOST_TOWNS)
        }
        rows = {
            id_: (Option(msg("{town}: {n}", town=one.name, n=one.people)), one.spellings)
            for id_, one in towns.items()
        }
        chosen = set(draft.audience.towns)
        on = tuple(id_ for id_, one in towns.items() if chosen & {*one.spellings})
        return Several(msg("In which towns? Choose some, or none for all."), rows, DONE, on)

    @part_step(_towns)
    def towns(self, draft: WrittenT, towns: tuple[tuple[str, ...], ...]) -> Goto[Literal["check"]]:
        spellings = tuple(one for town in towns for one in town)
        return self._narrowed(draft, replace(draft.audience, towns=spellings))

    def _reads(self, draft: WrittenT) -> Prompt[tuple[str, ...]]:
        rows = {
            one: (Option(msg("{language}", language=called(one))), one) for one in draft.languages
        }
        question = msg("Readers of which languages? Choose some, or none for all.")
        return Several(question, rows, DONE, draft.audience.languages)

    @part_step(_reads)
    def reads(self, draft: WrittenT, languages: tuple[str, ...]) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, languages=languages))

    def _offers(self, draft: WrittenT) -> Prompt[tuple[Offer, ...]]:
        rows = {one.value: (Option(label), one) for one, label in OFFERS.items()}
        question = msg("Who offers what? One of these is enough. Choose some, or none for all.")
        return Several(question, rows, DONE, tuple(one.value for one in draft.audience.offers))

    @part_step(_offers)
    def offers(self, draft: WrittenT, offers: tuple[Offer, ...]) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, offers=offers))

    @part_step(
        MaySkip.over(
            Choice(
                msg("How long ago have they been heard from?"),
                {one.value: (Option(CONTACTS[one]), one) for one in Contact},
            ),
            msg("It does not matter"),
        )
    )
    def contact(self, draft: WrittenT, contact: Contact | None) -> Goto[Literal["check"]]:
        return self._narrowed(draft, replace(draft.audience, contact=contact))

    def _not_again(self, draft: WrittenT) -> Prompt[CaseId | None]:
        rows = {
            str(one.case): (Option(msg("{title}", title=in_any(one.titles))), one.case)
            for one in self._desk.earlier(MOST_EARLIER)
        }
        question = msg("Whoever has got this message is left out:")
        return MaySkip.over(Choice(question, rows), msg("It does not matter"))

    @part_step(_not_again)
    def not_again(self, draft: WrittenT, case: CaseId | None) -> Goto[Literal["check"]]:
        titles = {one.case: one.titles for one in self._desk.earlier(MOST_EARLIER)}
        earlier = titles[case] if case else {}
        audience = replace(draft.audience, but_not=case)
        return self._narrowed(replace(draft, earlier=earlier), audience)

    def _narrowed(self, draft: WrittenT, audience: Audience) -> Goto[Literal["check"]]:
        return self.goto("check", replace(draft, audience=audience, is_chosen=True))
