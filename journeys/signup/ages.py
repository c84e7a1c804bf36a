"""The year of birth, and the ages that decide how somebody goes on (domain 5.3)."""

from bot.conversation.messages import Message, msg
from bot.conversation.prompts import Choice, Option, Prompt
from bot.conversation.typed import Year
from bot.domain.school import age_for_sure
from bot.domain.signup import SignupDesk

OLDEST = 110
"""Years back to which a year of birth is believed."""
YOUNGEST = 5


def year_of_birth(year: int) -> Prompt[int]:
    """Ask for the year of birth, in the year `year`."""
    return Year(
        msg(
            "In which year were you born? The year is enough."
            " It shows which rules protect you here."
        ),
        year - OLDEST,
        year - YOUNGEST,
    )


def guardian_decides(desk: SignupDesk, born: int) -> bool:
    """Return whether somebody is too young to agree to anything themselves (Art. 8(1) GDPR)."""
    return _age(desk, born) < desk.consent_age


def not_on_this_network(desk: SignupDesk, born: int) -> bool:
    """Return whether the network that somebody came by does not want people of their age."""
    return desk.platform_age is not None and _age(desk, born) < desk.platform_age


def _age(desk: SignupDesk, born: int) -> int:
    return age_for_sure(born, desk.year)


def is_it_right(desk: SignupDesk, born: int, *, ends: bool) -> Prompt[bool]:
    """Ask once more for a year after which nothing goes on here: it may be a slip.

    *ends* if all is deleted, and not only this network is left.
    """
    if ends:
        question = msg(
            "Year of birth: {born}. At that age a parent or guardian decides, so this chat ends, and everything"
            " it keeps about you is deleted. Is the year right?",
            born=str(born),
        )
    else:
        question = msg(
            "Year of birth: {born}. Telegram asks its users to be at least {age}, so this chat cannot go on here."
            " Is the year right?",
            born=str(born),
            age=str(desk.platform_age),
        )
    return Choice(
        question,
        {
            "yes": (Option(msg("Yes, it is right")), True),
            "no": (Option(msg("No, change it")), False),
        },
        side_by_side=True,
    )


def ask_a_guardian(desk: SignupDesk) -> Message:
    """Return what is said to somebody for whom a guardian decides."""
    return msg(
        "Thank you for telling us. At your age this chat needs the permission of a parent or guardian."
        " Nothing you wrote has been kept. At school you can ask what is already possible."
        " Whom to ask: {contact}\nYou are welcome here from the age of {age}.",
        age=str(desk.consent_age),
    )


def go_to_the_page(desk: SignupDesk) -> Message:
    """Return what is said to a newcomer who is too young for the network."""
    age = str(desk.platform_age)
    if desk.web_url is None:
        return msg(
            "Telegram asks its users to be at least {age}. At school you can ask how to take part without it."
            " Whom to ask: {contact}. Nothing you wrote has been kept.",
            age=age,
        )
    return msg(
        "Telegram asks its users to be at least {age}. For you this chat is on the school’s own page,"
        " and works the same there: {url}",
        age=age,
        url=desk.web_url,
    )


def go_on_on_the_page(desk: SignupDesk) -> Message:
    """Return what is said to somebody known who is too young for the network; their link follows, if any."""
    age = str(desk.platform_age)
    if desk.web_url is None:
        return msg(
            "Noted. Telegram asks its users to be at least {age}, so what you had agreed to is switched off."
            " At school you can ask how to take part without Telegram. Whom to ask: {contact}",
            age=age,
        )
    return msg(
        "Noted. Telegram asks its users to be at least {age}, so what you had agreed to is switched off."
        " For you this chat goes on on the school’s own page, where you can switch it on again: /privacy",
        age=age,
    )
