"""A student comes in; under the age of consent a guardian's permission is waited for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.conversation.case import Case, To
from bot.conversation.effects import Tell
from bot.conversation.expectations import Deadline, Nudge, Tap, do
from bot.conversation.lifecycle import Lifecycle, Phase, StatesOf
from bot.conversation.messages import Term, TermKind, msg
from bot.domain.people import Cancelled, Part, Role, Side, Suspended, Withdrawn
from bot.domain.rights import Erase
from bot.domain.signup import Admit, GuardianAgreed, GuardianRefused, GuardianSilent

DAY = timedelta(days=1)


class Enrolling(Part):
    """Who takes part."""

    STUDENT = "student", Side.STUDENTS
    OWNER = "owner", Side.STAFF


STUDENT, OWNER = Enrolling


@dataclass(frozen=True, slots=True)
class Student:
    """What is known about one student."""

    class_key: str
    needs_guardian: bool = False

    @property
    def school_class(self) -> Term:
        """The class, as it is called."""
        return Term(TermKind.CLASS, self.class_key)


state = StatesOf(Student, Enrolling)
REMINDER = msg(
    "A reminder: the school needs the permission of your parent or guardian, on paper or in the school’s portal."
)


class Enrolment(Lifecycle[Student, Enrolling]):
    """A student with a class code: in at once, or after a guardian's permission (domain 3.5)."""

    name = "enrolment"

    guardian_asked = state(
        Phase.PREPARATION,
        expects={
            STUDENT: do(
                msg("Bring the permission of a parent or guardian to school."),
                letter=msg(
                    "Thank you, {student}. At your age a parent or guardian decides. Please ask for their permission"
                    " on paper or in the school’s portal, not in this chat."
                    " As soon as the school has it, you can begin."
                ),
            ),
            OWNER: do(
                msg(
                    "Confirm the permission of a guardian. Student: {student}. Class: {school_class}"
                ),
                Tap(msg("We have the permission"), GuardianAgreed()),
                Tap(msg("A guardian said no"), GuardianRefused()),
                letter=msg(
                    "A student needs the permission of a parent or guardian.\n"
                    "First name: {student}\nClass: {school_class}\n"
                    "When you have it on paper or in the portal, confirm it here."
                ),
            ),
        },
        nudges=(
            Nudge(STUDENT, 7 * DAY, REMINDER),
            Nudge(STUDENT, 14 * DAY, REMINDER),
            Nudge(
                OWNER,
                7 * DAY,
                msg(
                    "A reminder: a guardian’s permission is missing. Student: {student}. Class: {school_class}"
                ),
            ),
            Nudge(
                OWNER,
                14 * DAY,
                msg(
                    "A reminder: a guardian’s permission is missing. Student: {student}. Class: {school_class}"
                ),
            ),
        ),
        deadlines=(Deadline(30 * DAY, GuardianSilent()),),
    )
    active = state.final(Phase.FOLLOW_UP)
    ended = state.final(Phase.FOLLOW_UP)
    anywhere = state.anywhere({STUDENT: (Withdrawn,), OWNER: (Cancelled, Suspended)})

    @state.opening
    def came_with_code(
        self, case: Case[Student, Enrolling]
    ) -> To[Literal["guardian_asked", "active"]]:
        return (
            self.to("guardian_asked", case) if case.facts.needs_guardian else self._welcomed(case)
        )

    @guardian_asked.on(GuardianAgreed)
    def permitted(
        self, case: Case[Student, Enrolling], event: GuardianAgreed
    ) -> To[Literal["active"]]:
        thanks = msg("Thank you. The student can now use this chat. First name: {student}")
        return self._welcomed(case, *case.tell(OWNER, thanks))

    @guardian_asked.on(GuardianRefused, GuardianSilent)
    def not_permitted(
        self, case: Case[Student, Enrolling], event: GuardianRefused | GuardianSilent
    ) -> To[Literal["ended"]]:
        word = msg(
            "Without the permission of a parent or guardian this chat ends here, and what you wrote is deleted."
            " At school you can ask what is already possible. Whom to ask: {contact}"
        )
        noted = msg(
            "A student’s sign-up has ended without the permission of a guardian. What the student wrote is deleted."
            " You need do nothing."
        )
        told = (*case.tell(STUDENT, word), *case.tell(OWNER, noted))
        return self.to("ended", case, *told, Erase(case.people[STUDENT]))

    @anywhere.on(Withdrawn, Cancelled, Suspended)
    def broken_off(
        self, case: Case[Student, Enrolling], event: Withdrawn | Cancelled | Suspended
    ) -> To[Literal["ended"]]:
        return self.to(
            "ended",
            case,
            *case.tell_others(msg("A sign-up has been withdrawn. You need do nothing.")),
        )

    def _welcomed(self, case: Case[Student, Enrolling], *told: Tell) -> To[Literal["active"]]:
        welcome = msg(
            "Welcome, {student}. You can now use this chat. Class: {school_class}\n"
            "What you can do here: /help. If something worries you: /report"
        )
        admit = Admit(case.people[STUDENT], Role.STUDENT)
        return self.to("active", case, admit, *case.tell(STUDENT, welcome), *told)
