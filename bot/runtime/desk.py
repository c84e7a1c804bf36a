"""Where dialogues look things up: every port they have, over the open transaction."""

import json
from functools import cached_property

from bot.domain.consent import Purpose
from bot.domain.leavers import Match, NotFound
from bot.domain.people import PersonId, Role
from bot.domain.school import StaffKey
from bot.domain.signup import Doing, Enrol, Frequency, HowLeft, Offer, Profile
from bot.runtime.owners import person_of
from bot.runtime.work import Here, Work
from bot.storage import leavers, people

TELEGRAM = "telegram"


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
        return self._work.school.ages.telegram if self._here.network == TELEGRAM else None

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
            Frequency(told.frequency) if told.frequency else None,
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
        # Only the year is known, so somebody counts as a year younger until the year is over.
        if born is None or self.year - born - 1 >= self.consent_age:
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
