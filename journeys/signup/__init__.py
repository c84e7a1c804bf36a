"""Sign-up: alumni, students and staff come in, each in their own way."""

from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Phase
from bot.conversation.messages import msg
from bot.domain.people import Side
from journeys.signup.alumni import AlumniSignup
from journeys.signup.checking import AskNewcomer, ExplainToSchool, RejectNewcomer
from journeys.signup.enrolment import Enrolment
from journeys.signup.lifecycle import Signup
from journeys.signup.profile import ProfileChange
from journeys.signup.staff import StaffJoin
from journeys.signup.student import StudentSignup
from journeys.signup.student_profile import StudentChange
from journeys.signup.welcome import Welcome

JOURNEY = Journey(
    name="signup",
    title=msg("Sign-up"),
    purpose=msg(
        "People who studied, study or work here come in, and the school knows who they are."
    ),
    dialogues=(
        Welcome,
        AlumniSignup,
        StudentSignup,
        StaffJoin,
        ProfileChange,
        StudentChange,
        AskNewcomer,
        RejectNewcomer,
        ExplainToSchool,
    ),
    lifecycles=(Signup, Enrolment),
    also_expected={
        (Phase.AWARENESS, Side.ALUMNI): msg(
            "Open the link, or scan the code from the ceremony or a letter."
        ),
        (Phase.AWARENESS, Side.STUDENTS): msg("Scan the code of your class."),
        (Phase.AWARENESS, Side.STAFF): msg("Explain in class why, how, and who sees what."),
        (Phase.SIGN_UP, Side.ALUMNI): msg(
            "Answer the questions about yourself; some of them can wait."
        ),
        (Phase.SIGN_UP, Side.STUDENTS): msg(
            "Give the class code, your year of birth and your first name."
        ),
        (Phase.SIGN_UP, Side.STAFF): msg("Hand out class codes; take up your own invitation."),
        (Phase.FOLLOW_UP, Side.ALUMNI): msg("Keep your profile up to date."),
        (Phase.FOLLOW_UP, Side.STAFF): msg("Import the list of leavers once a year."),
    },
)
