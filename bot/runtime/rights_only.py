"""Whoever is too young for the network they write by: only their rights go on there.

To see, correct and erase what is kept, to take back what was agreed to (Art. 12 to 21 GDPR), and to say
what worries them, nobody needs an age. All else goes on on the school's own page (domain 5.3).
"""

from typing import Any

from bot.conversation.messages import Message, msg
from bot.domain.arrival import OpenElsewhere
from bot.domain.rights import ChooseLanguage, ExportMe, StopMessages
from bot.domain.school import age_for_sure
from bot.domain.signup import OpenProfile
from bot.runtime.happenings import Asked, Began, Happening, Left, Returned, Tapped
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.work import Here, Ordered, Work
from bot.storage import people

TELEGRAM, WEB = "telegram", "web"
CONSENTS = "rights.consents"
"""The dialogue in which consents are switched; there is nothing to take back where nothing is on."""
PROFILES = ("signup.profile", "signup.student_profile")
"""The dialogues in which people put right what is known of them."""
JOURNEYS = ("rights", "concern")
"""The journeys that go on whatever somebody's age."""
COMMANDS = (ChooseLanguage, ExportMe, OpenProfile, StopMessages)


def age_asked_by(work: Work, network: str) -> int | None:
    """Return the age that a network asks its users for; None if it is the school's own page."""
    return work.school.ages.telegram if network == TELEGRAM else None


def is_too_young(work: Work, network: str, born: int | None) -> bool:
    """Return whether a network does not want somebody born in `born`; nobody knows if that is None."""
    asked = age_asked_by(work, network)
    if asked is None or born is None:
        return False
    return age_for_sure(born, work.now.astimezone(work.school.zone).year) < asked


def is_in_reach(work: Work, here: Here, dialogue: str) -> bool:
    """Return whether a conversation goes on where somebody is."""
    journey = work.setting.registry.journey_of.get(dialogue)
    return not here.is_too_young or dialogue in PROFILES or journey in JOURNEYS


def goes_on(work: Work, here: Here, row: Any, happening: Happening) -> bool:
    """Return whether it is a right of somebody too young; *row* is their conversation in reach, if any."""
    match happening:
        case Left() | Returned():
            return True
        case Began(dialogue=dialogue):
            nothing_on = dialogue == CONSENTS and not _agreed(work, here)
            return is_in_reach(work, here, dialogue) and not nothing_on
        case Asked(command):
            return isinstance(command, COMMANDS)
        case Tapped(data):
            return row is not None and data.startswith(f"q:{row.conversation_id}:")
        case _:
            return row is not None


def _agreed(work: Work, here: Here) -> bool:
    rows = work.run(people.CONSENTS, person_id=here.person)
    return any(row.withdrawn_at is None for row in rows)


def say_so(work: Work, here: Here, happening: Happening) -> None:
    """Answer what does not go on here: say what does, and where all else goes on."""
    page: str | None = work.setting.look(work).web_url
    parts: tuple[Message, ...] = (
        msg(
            "Telegram asks its users to be at least {age}, so this chat does not go on here."
            " Your rights stay, here too:\n"
            "/mydata Get a copy of my data\n"
            "/profile See and change my profile\n"
            "/privacy What I agreed to, and taking it back\n"
            "/stop Receive no more messages\n"
            "/delete Delete everything about me\n"
            "/report Report a concern\n"
            "/language Change the language",
            age=str(age_asked_by(work, here.network)),
        ),
        msg("All else goes on on the school’s own page.")
        if page
        else msg(
            "At school you can ask how to take part without Telegram. Whom to ask: {contact}"
        ),
    )
    if happening == Began(CONSENTS):
        parts = (
            msg("The school may not write to you about anything: all is switched off."),
            *parts,
        )
    work.letters.append(Letter(here.person, LetterKind.REPLY, parts))
    if page:
        work.order(Ordered(OpenElsewhere(), here.person))
