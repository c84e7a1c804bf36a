"""Where dialogues look things up: every port they have, over the open transaction."""

import json
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.broadcasts.audience import Audience
from bot.domain.broadcasts.reach import Reach
from bot.domain.broadcasts.sent import Earlier, SentLetter, Tally, Town
from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.events.desk import OnList
from bot.domain.events.occasion import Occasion
from bot.domain.leavers import Match, NotFound
from bot.domain.mentoring.fitting import MentorCard
from bot.domain.mentoring.offers import MentorOffer, Wish
from bot.domain.mentoring.staff import Resting, Running
from bot.domain.people import CaseId, PersonId, Role
from bot.domain.school import StaffKey, age_for_sure
from bot.domain.signup import Doing, Enrol, HowLeft, Offer, Profile
from bot.runtime import (
    audiences,
    broadcasts_sent,
    digests,
    mentoring_board as board,
    mentors,
    occasions,
)
from bot.runtime.holidays import is_holiday
from bot.runtime.outbox import frequency_of
from bot.runtime.owners import person_of
from bot.runtime.rights_only import age_asked_by
from bot.runtime.work import Here, Work
from bot.storage import leavers, mentoring, people


class Desk:
    """Reads for one turn; it changes nothing."""

    def __init__(self, work: Work, web_url: str | None) -> None:
        self._work, self.web_url = work, web_url

    @cached_property
    def _here(self) -> Here:
        if self._work.here is None:
            raise LookupError("nobody is speaking in this turn")
        return self._work.here

    @property
    def languages(self) -> tuple[str, ...]:
        """The school's languages, the one this person seems to speak first."""
        own = self._here.language
        return (own, *(one for one in self._work.school.languages if one != own))

    @property
    def programmes(self) -> tuple[str, ...]:
        """Codes of the school's programmes."""
        return tuple(one.code for one in self._work.school.programmes)

    @property
    def year(self) -> int:
        """The present year in the school's zone."""
        return self._work.now.astimezone(self._work.school.zone).year

    @property
    def retention_years(self) -> int:
        """After so many years without news somebody is erased."""
        return self._work.school.retention_years

    @property
    def answer_days(self) -> int:
        """So many working days the school usually takes to look at a sign-up."""
        return self._work.school.answer_days

    @property
    def consent_age(self) -> int:
        """The age from which people decide for themselves here."""
        return self._work.school.ages.consent

    @property
    def platform_age(self) -> int | None:
        """The age the present network asks for; None if it is the school's own page."""
        return age_asked_by(self._work, self._here.network)

    @property
    def is_too_young_here(self) -> bool:
        """Whether the present network does not want people of this person's age."""
        return self._here.is_too_young

    def class_of(self, code: str) -> str | None:
        """Return the class that a code belongs to; None if it is unknown or expired."""
        plain = "".join(c for c in code.upper() if c.isalnum())
        found = self._work.run(
            people.CLASS_OF_CODE, code=plain, moment=self._work.now
        ).scalar_one_or_none()
        return found if found and self._work.school.class_called(found) else None

    def on_list(self, profile: Profile, born: int | None) -> Match:
        """Compare a profile with the list of leavers."""
        if profile.programme is None or profile.left_in is None:
            return NotFound()
        work = self._work
        return leavers.look_up(
            work.tx,
            work.school.key,
            work.setting.secret,
            name=profile.name,
            programme=profile.programme,
            year=profile.left_in,
            born=born,
        )

    def profile(self) -> Profile | None:
        """Return what this person has told; None if they have not signed up as alumni."""
        person = self._here.person
        told = self._work.run(people.PROFILE, person_id=person).first()
        if told is None:
            return None
        known = self._work.run(people.PERSON, person_id=person).one()
        return Profile(
            known.name or "",
            told.programme,
            told.left_in,
            HowLeft(told.how_left) if told.how_left else None,
            Doing(told.doing) if told.doing else None,
            told.town,
            tuple(Offer(one) for one in json.loads(told.offers)),
            Frequency(known.frequency) if known.frequency else None,
        )

    def student(self) -> Enrol | None:
        """Return what this person has told as a student; None if they are none."""
        known = self._work.run(people.PERSON, person_id=self._here.person).one()
        if not (known.name and known.born and known.class_key):
            return None
        return Enrol(known.name, known.born, known.class_key)

    def born(self) -> int | None:
        """Return this person's year of birth; None if it has not been told."""
        known = self._work.run(people.PERSON, person_id=self._here.person).one()
        return int(known.born) if known.born else None

    def consents(self) -> tuple[Purpose, ...]:
        """Return what this person has agreed to."""
        rows = self._work.run(people.CONSENTS, person_id=self._here.person)
        return tuple(Purpose(row.purpose) for row in rows if row.withdrawn_at is None)

    def needs_guardian(self) -> bool:
        """Return whether this person is under the age of consent, and has not been let in as a student."""
        born = self.born()
        if born is None or age_for_sure(born, self.year) >= self.consent_age:
            return False
        roles = self._work.run(people.ROLES, person_id=self._here.person)
        return Role.STUDENT not in [row.role for row in roles]

    def owner(self, journey: str) -> PersonId | None:
        """Return who answers for a journey; None while nobody has come."""
        return person_of(self._work, self._work.school.owners.of(journey).owner)

    def deputy(self, journey: str) -> PersonId | None:
        """Return who is told when the owner does not act; None if there is nobody."""
        return person_of(self._work, self._work.school.owners.of(journey).deputy)

    def safeguarding_lead(self) -> PersonId | None:
        """Return who reads concerns; None while nobody has come."""
        return person_of(self._work, StaffKey(self._work.school.safeguarding.lead))

    def invited(self, token: str) -> tuple[str, Role] | None:
        """Return the name and role that an invitation is for; None if it is used or expired."""
        found = self._work.run(
            people.INVITED, token_hash=bytes.fromhex(token), moment=self._work.now
        ).first()
        return (found.name, Role(found.role)) if found else None

    @property
    def now(self) -> datetime:
        """The present moment, aware."""
        return self._work.now

    @property
    def programme(self) -> str | None:
        """The code of what this person learns here; None if they are in no class."""
        known = self._work.run(people.PERSON, person_id=self._here.person).one()
        return mentors.programme_of(self._work, known.class_key)

    @property
    def pairs_need_approval(self) -> bool:
        """Whether the school wants to see every pair before they meet."""
        return self._work.school.mentoring.approve_pairs

    def offer(self) -> MentorOffer | None:
        """Return what this person is ready to do as a mentor; None if they have not said."""
        row = self._work.run(mentoring.OFFER, person_id=self._here.person).first()
        return mentors.offer_read(row.offer) if row else None

    def mentors_for(self, wish: Wish, limit: int) -> tuple[MentorCard, ...]:
        """Return at most `limit` mentors who fit this person's wish and have a place, best first."""
        return mentors.cards(self._work, self._here.person, wish, limit)

    def rests_until(self) -> datetime | None:
        """Return until when this person is not asked as a mentor; None if they may be asked now."""
        row = self._work.run(mentoring.OFFER, person_id=self._here.person).first()
        until: datetime | None = row.rests_until if row else None
        return until if until and until > self.now else None

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        return self._work.school.zone

    def is_holiday(self, at: datetime) -> bool:
        """Return whether a moment is on a public holiday of the school's country."""
        return is_holiday(at.astimezone(self.zone).date(), self._work.school.country)

    @property
    def grown_at(self) -> datetime:
        """The moment from which this person is 18 for sure: only the year of birth is known."""
        known = self._work.run(people.PERSON, person_id=self._here.person).one()
        return mentors.grown_at(known.born or self.year, self.zone)

    def gathers_until(self) -> datetime | None:
        """Return until when a round gathers wishes of what this person learns; None while none does."""
        return board.gathers_until(self._work, self.programme)

    @property
    def may_broadcast(self) -> bool:
        """Whether this person may write to many."""
        return audiences.may_broadcast(self._work, self._here.person)

    def reach(self, audience: Audience, purpose: Purpose, *, can_wait: bool = False) -> Reach:
        """Return how many people an audience comes to now, and who of it is not written to."""
        return audiences.reach(self._work, audience, purpose, can_wait=can_wait)

    def frequency(self) -> Frequency:
        """Return how often this person gets a digest."""
        return frequency_of(self._work, self._here.person)

    def waiting(self) -> int:
        """Return how many things wait for this person's next digest."""
        return digests.waiting(self._work, self._here.person)

    def towns(self, most: int) -> tuple[Town, ...]:
        """Return at most so many of the towns where people live who have told it, the commonest first."""
        return broadcasts_sent.towns(self._work, most)

    def sent(self, most: int) -> tuple[SentLetter, ...]:
        """Return at most so many letters to many and invitations that were written, the newest first."""
        return broadcasts_sent.sent(self._work, most)

    def earlier(self, most: int) -> tuple[Earlier, ...]:
        """Return at most so many letters and invitations that many have got, or are to get, the newest first."""
        return broadcasts_sent.earlier(self._work, most)

    def sent_before(self, case: CaseId) -> SentLetter | None:
        """Return one letter to many, or an invitation with how its event stands; None if there is none."""
        found = broadcasts_sent.sent_before(self._work, case)
        if found is None or not found.is_invitation:
            return found
        counted = occasions.counted(self._work, case)
        return replace(found, facts=replace(found.facts, counted=counted))

    def tally(self, case: CaseId) -> Tally:
        """Return what has become of the letters of a case so far."""
        return broadcasts_sent.tally(self._work, case)

    def second(self) -> PersonId | None:
        """Return another member of staff who may agree to a broadcast; None if there is nobody."""
        return audiences.another(self._work, self._here.person)

    def planned(self) -> tuple[Occasion, ...]:
        """Return the events that people are invited to already."""
        return occasions.planned(self._work)

    def called(self, words: str) -> tuple[OnList, ...]:
        """Return who is meant by a code or a part of a name, on the list of the event spoken of."""
        about = self._work.about
        return occasions.called(self._work, about.case, words) if about else ()

    def walk_ins(self) -> int:
        """Return how many have been noted at the event spoken of who are not in this chat."""
        about = self._work.about
        return occasions.walk_ins(self._work, about.case) if about else 0

    @property
    def looks_after_mentoring(self) -> bool:
        """Whether this person may see the board and decide."""
        return board.looks_after(self._work, self._here.person)

    @property
    def takes_part_too(self) -> bool:
        """Whether this person could also be a mentor or a student."""
        roles = self._work.run(people.ROLES, person_id=self._here.person)
        return any(not Role(row.role).is_staff for row in roles)

    def running(self) -> tuple[Running, ...]:
        """Return the open cases of mentoring, oldest first."""
        return board.running(self._work)

    def resting(self) -> tuple[Resting, ...]:
        """Return the mentors who rest because they did not answer, the longest first."""
        return board.resting(self._work)

    def facts_of(self, case: CaseId) -> Any:
        """Return what is known about an open case, as its lifecycle keeps it."""
        return board.facts_of(self._work, case)

    def candidates_for(self, search: CaseId, limit: int) -> tuple[MentorCard, ...]:
        """Return at most `limit` mentors who fit a search, have a place and were not asked, best first."""
        return board.candidates(self._work, search, limit)

    def in_a_round(self, programmes: tuple[str, ...]) -> bool:
        """Return whether an open round already has one of these programmes; empty for all."""
        return board.in_a_round(self._work, programmes)

    def mentors(self) -> tuple[PersonId, ...]:
        """Return everybody who has offered to be a mentor, by name."""
        return board.mentors(self._work)
