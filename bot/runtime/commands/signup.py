"""Signing up, carried out: what people tell is kept, and they are let in."""

import json

from bot.conversation.effects import Effect, Refusal, Start, Tell
from bot.conversation.messages import msg
from bot.domain.consent import TEXT_VERSION, Purpose, SetConsents
from bot.domain.people import PersonId, Role
from bot.domain.signup import Admit, AwaitGuardian, Enrol, JoinStaff, KeepProfile, OpenProfile
from bot.runtime import digests, talk
from bot.runtime.carrying import carries_out
from bot.runtime.commands.rights import withdraw
from bot.runtime.copy_of_data import summary
from bot.runtime.letters import Letter, LetterKind
from bot.runtime.owners import end_rights, take_over
from bot.runtime.pairs import leave_pairs
from bot.runtime.waiting_list import ask_no_more
from bot.runtime.work import Work
from bot.storage import digests as waits, people

MENTORS_AGREE = frozenset({Purpose.VOLUNTEERING, Purpose.VISIBLE})
"""What is asked of who is asked by students; without it, what waits for their answer goes to others."""
PROFILE = "signup.profile"
"""The dialogue in which alumni change what they told."""
STUDENT_PROFILE = "signup.student_profile"
"""The same for students."""


@carries_out(KeepProfile)
def keep_profile(work: Work, by: PersonId | None, command: KeepProfile) -> tuple[Effect, ...]:
    """Write down what alumni tell about themselves."""
    told = command.profile
    known = work.run(people.PERSON, person_id=by).one()
    work.run(
        people.INTRODUCE,
        person_id=by,
        new_name=told.name,
        new_born=command.born or known.born,
        new_class_key=known.class_key,
    )
    work.run(
        people.KEEP_PROFILE,
        person_id=by,
        programme=told.programme,
        left_in=told.left_in,
        how_left=told.how_left,
        doing=told.doing,
        town=told.town,
        offers=json.dumps(told.offers),
    )
    work.run(people.SET_FREQUENCY, person_id=by, new_frequency=told.frequency)
    if by and told.frequency and told.frequency != known.frequency:
        digests.choose(work, by, told.frequency)
    if by:
        talk.is_no_longer_new(work, by)
    return ()


@carries_out(OpenProfile)
def open_profile(work: Work, by: PersonId | None, command: OpenProfile) -> tuple[Effect, ...]:
    """Let alumni and students look at what they told; tell all others what is known about them."""
    if by is None:
        return ()
    if work.run(people.PROFILE, person_id=by).first():
        return (Start(PROFILE),)
    known = work.run(people.PERSON, person_id=by).one()
    if known.class_key and known.name and known.born:
        return (Start(STUDENT_PROFILE),)
    work.left_conversation = True  # the question that was open is asked again
    return (Tell(by, summary(work, by)),)


@carries_out(SetConsents)
def set_consents(work: Work, by: PersonId | None, command: SetConsents) -> tuple[Effect, ...]:
    """Record new consents with their proof, and end those that are missing."""
    if by is None or work.here is None:
        return ()
    agreed = {
        row.purpose for row in work.run(people.CONSENTS, person_id=by) if row.withdrawn_at is None
    }
    for purpose in agreed - set(command.on):
        work.run(people.WITHDRAW_CONSENT, whose=by, at_purpose=purpose, new_withdrawn_at=work.now)
        work.run(waits.DROP_ABOUT, whose=by, at_purpose=purpose)
    if (agreed - set(command.on)) & MENTORS_AGREE:
        ask_no_more(work, by)
    if Purpose.VOLUNTEERING in agreed - set(command.on):
        leave_pairs(work, by)
    language = work.run(people.PERSON, person_id=by).one().language
    given = [
        {
            "person_id": by,
            "purpose": purpose,
            "text_version": TEXT_VERSION,
            "language": language,
            "network": work.here.network,
            "given_at": work.now,
        }
        for purpose in command.on
        if purpose not in agreed
    ]
    if given:
        work.run(people.GIVE_CONSENT, given)
    return ()


@carries_out(Enrol)
def enrol(work: Work, by: PersonId | None, command: Enrol) -> tuple[Effect, ...]:
    """Write down what a student tells: no more than the class needs."""
    work.run(
        people.INTRODUCE,
        person_id=by,
        new_name=command.name,
        new_born=command.born,
        new_class_key=command.class_key,
    )
    if by:
        talk.is_no_longer_new(work, by)
    return ()


@carries_out(AwaitGuardian)
def await_guardian(work: Work, by: PersonId | None, command: AwaitGuardian) -> tuple[Effect, ...]:
    """End what a student takes part in, and what they may, until they are admitted again."""
    if by is None:
        return ()
    withdraw(work, by)
    work.run(people.DROP_ROLE, person_id=by, role=Role.STUDENT)
    return ()


@carries_out(Admit)
def admit(work: Work, by: PersonId | None, command: Admit) -> tuple[Effect, ...]:
    """Give somebody a role."""
    work.run(people.ADD_ROLE, person_id=command.person, role=command.role, since=work.now)
    talk.is_no_longer_new(work, command.person)
    return ()


@carries_out(JoinStaff)
def join_staff(work: Work, by: PersonId | None, command: JoinStaff) -> tuple[Effect, ...]:
    """Make whoever holds an invitation staff; what they answer for becomes theirs, and nobody else's."""
    if by is None:
        return ()
    token_hash = bytes.fromhex(command.token)
    before = {row.token_hash: row.person_id for row in work.run(people.STAFF)}
    joined = work.run(
        people.JOIN_STAFF,
        at_token_hash=token_hash,
        moment=work.now,
        new_person_id=by,
    ).first()
    if joined is None:
        raise Refusal(
            msg("This invitation has been used, or is too old. Please ask for a new one.")
        )
    known = work.run(people.PERSON, person_id=by).one()
    work.run(
        people.INTRODUCE,
        person_id=by,
        new_name=joined.name,
        new_born=known.born,
        new_class_key=known.class_key,
    )
    talk.is_no_longer_new(work, by)
    work.run(people.ADD_ROLE, person_id=by, role=Role(joined.role), since=work.now)
    welcome = msg(
        "Welcome, {name}. You are signed in as staff. Whatever waits for you comes to this chat; to see it: /now",
        name=joined.name,
    )
    work.letters.append(Letter(by, LetterKind.REPLY, (welcome,)))
    if former := before.get(token_hash):
        end_rights(work, PersonId(former), joined.key, heir=by)
    take_over(work, by, joined.key)
    return ()
