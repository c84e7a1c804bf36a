"""What the people are called whom the school writes to."""

from bot.conversation.messages import msg
from bot.domain.people import Role

ROLES = {
    Role.ALUMNI: msg("alumni"),
    Role.FRIEND: msg("friends of the school"),
    Role.STUDENT: msg("students"),
    Role.EMPLOYER: msg("firms"),
}
