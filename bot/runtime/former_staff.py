"""What is said to somebody whose role as staff has ended, and what they still are."""

from collections.abc import Mapping

from bot.conversation.messages import Message, msg
from bot.domain.people import PersonId, Role
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.work import Work
from bot.storage import people

GROUPS: Mapping[Role, Message] = {
    Role.ALUMNI: msg("former students"),
    Role.FRIEND: msg("friends of the school"),
    Role.STUDENT: msg("students"),
    Role.EMPLOYER: msg("firms"),
    Role.TEACHER: msg("teachers"),
    Role.COORDINATOR: msg("coordinators"),
    Role.SAFEGUARDING: msg("safeguarding"),
}
"""What those are called, together, who have a role: a group has no gender."""


def tell(work: Work, former: PersonId) -> None:
    """Tell `former` that a role of theirs has ended, and what is left; not who wants no messages."""
    if work.run(people.PERSON, person_id=former).one().stopped_at:
        return
    left = [Role(row.role) for row in work.run(people.ROLES, person_id=former)]
    groups = tuple(name for role, name in GROUPS.items() if role in left)
    if any(role.is_staff for role in left):
        word = msg(
            "One of your roles as staff has ended in this chat. You need do nothing. You still belong to: {groups}",
            groups=groups,
        )
    elif left:
        word = msg(
            "Your role as staff has ended in this chat. You need do nothing. You still belong to: {groups}",
            groups=groups,
        )
    else:
        word = msg(
            "Your role as staff has ended in this chat. You need do nothing."
            " What this chat keeps about you: /mydata. To delete it: /delete"
        )
    work.letters.append(Letter(former, LetterKind.NEWS, (word,)))
