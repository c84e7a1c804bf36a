"""Coming in and losing touch, carried out."""

import hashlib
import secrets
from datetime import timedelta

from bot.conversation.effects import Effect, Start, Tell
from bot.conversation.messages import msg
from bot.domain.arrival import Arrive, LoseTouch, OpenElsewhere
from bot.domain.events.ticket import Scan, ticket_in
from bot.domain.people import PersonId
from bot.runtime import cases, talk
from bot.runtime.carrying import carries_out
from bot.runtime.now import NOTHING_OPEN, tell_now
from bot.runtime.owners import take_over
from bot.runtime.rights_only import WEB
from bot.runtime.touch import lose_touch
from bot.runtime.work import Work
from bot.storage import people, web_chats

FRONT_DOOR, STAFF_DOOR = "signup.welcome", "signup.staff"
"""The dialogues through which people come in."""
MOST_IN_CODE = 12
"""Characters of the longest code of a class; whatever is longer is a token."""
LINK_VALID_FOR = timedelta(minutes=15)
HERE_AGAIN = msg(
    "Good to hear from you. What is expected of you: /now. What you can do here: /help"
)


def hashed(token: str) -> bytes:
    """Return what is kept of a one-time token."""
    return hashlib.sha256(token.encode()).digest()


@carries_out(Arrive)
def arrive(work: Work, by: PersonId | None, command: Arrive) -> tuple[Effect, ...]:
    """Open the right door: for invited staff, for newcomers with or without a code, for people known."""
    if by is None:
        return ()
    if ticket := ticket_in(command.code):
        return (Scan(ticket),)
    token = hashed(command.code)
    if command.code and work.run(people.INVITED, token_hash=token, moment=work.now).first():
        return (Start(STAFF_DOOR, {"token": token.hex()}),)
    row = talk.newest(work, by)
    if row and not command.code:
        talk.repeat(work, by, row)
        return ()
    is_known = work.run(people.ROLES, person_id=by).first() is not None
    waits = next(cases.open_cases(work, by), None) is not None
    if not is_known and not waits:
        if len(command.code) > MOST_IN_CODE:
            # It is an invitation that is used or too old; that door says so.
            return (Start(STAFF_DOOR, {"token": token.hex()}),)
        return (Start(FRONT_DOOR, {"code": command.code}),)
    person = work.run(people.PERSON, person_id=by).one()
    if person.stopped_at or person.paused_until:
        work.run(people.REST, person_id=by, new_paused_until=None, new_stopped_at=None)
        # What has waited for staff who wanted no messages becomes theirs again.
        for key in work.run(people.KEYS_OF, person_id=by).scalars().all():
            take_over(work, by, key)
    if waits:
        tell_now(work, by)
        return ()
    return (Tell(by, HERE_AGAIN if command.is_greeting else NOTHING_OPEN),)


@carries_out(LoseTouch)
def close_way(work: Work, by: PersonId | None, command: LoseTouch) -> tuple[Effect, ...]:
    """Note that the way by which somebody came is closed."""
    if by and work.here:
        lose_touch(work, by, work.here.network, work.here.address)
    return ()


@carries_out(OpenElsewhere)
def open_elsewhere(work: Work, by: PersonId | None, command: OpenElsewhere) -> tuple[Effect, ...]:
    """Give somebody a link to their own chat on the school's page; they are the same person there."""
    if by is None:
        return ()
    ways = work.run(people.ADDRESSES, person_id=by).all()
    address = next((way.address for way in ways if way.network == WEB), None)
    if address is None:
        address = secrets.token_urlsafe(16)
        work.run(people.ADDRESS, network=WEB, address=address, person_id=by)
    token = secrets.token_urlsafe(16)
    expires_at = work.now + LINK_VALID_FOR
    web_chats.add_link(work.tx, work.school.key, hashed(token).hex(), address, expires_at)
    word = msg(
        "This link opens your chat on another device, once, until {until:time}."
        " Whoever has it can write in your name, so keep it to yourself: {link}",
        until=expires_at,
        link=f"{work.setting.page}/in/{token}",
    )
    return (Tell(by, word),)
