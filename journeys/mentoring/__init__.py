"""Mentoring: students look for mentors, alumni are mentors, and no request ends in silence."""

from bot.conversation.journey import Journey
from bot.conversation.lifecycle import Phase
from bot.conversation.messages import msg
from bot.domain.people import Side
from journeys.mentoring.board import Board
from journeys.mentoring.check import RecordCheck, SeeCheck
from journeys.mentoring.checks import RecordChecks
from journeys.mentoring.feedback import Expectation, MentorFeedback, StudentFeedback
from journeys.mentoring.gathering import OpenRound
from journeys.mentoring.meeting import Meeting
from journeys.mentoring.mentorship import Mentorship
from journeys.mentoring.offer import MentorOfferMade, OfferChange
from journeys.mentoring.preview import PreviewPairs
from journeys.mentoring.request import MentorRequest
from journeys.mentoring.resting import MentorChange, MentorRest
from journeys.mentoring.round import MentoringRound
from journeys.mentoring.search import MentorSearch
from journeys.mentoring.talking import (
    AnswerMentor,
    AskStudent,
    ReachMentor,
    ShareContact,
    WriteToOther,
)
from journeys.mentoring.times import ProposeTimes
from journeys.mentoring.young import YoungRequest, YoungWish

JOURNEY = Journey(
    name="mentoring",
    title=msg("Mentoring"),
    purpose=msg(
        "A student finds somebody who has gone the same way before; they meet four times or more in three months."
    ),
    dialogues=(
        MentorRequest,
        MentorOfferMade,
        OfferChange,
        MentorChange,
        MentorRest,
        AskStudent,
        AnswerMentor,
        ProposeTimes,
        WriteToOther,
        ShareContact,
        ReachMentor,
        Expectation,
        StudentFeedback,
        MentorFeedback,
        YoungRequest,
        SeeCheck,
        RecordChecks,
        Board,
        PreviewPairs,
        OpenRound,
    ),
    lifecycles=(MentorSearch, Mentorship, Meeting, MentoringRound, YoungWish, RecordCheck),
    also_expected={
        (Phase.AWARENESS, Side.ALUMNI): msg(
            "Read what a mentor does: how long, how often, and the rules."
        ),
        (Phase.AWARENESS, Side.STUDENTS): msg("Read what a mentor can help with."),
        (Phase.AWARENESS, Side.STAFF): msg("Tell classes and alumni that mentoring exists."),
        (Phase.SIGN_UP, Side.ALUMNI): msg("Offer to be a mentor: /mentor"),
        (Phase.SIGN_UP, Side.STUDENTS): msg("Say your goal and whom to ask: /mentor"),
    },
)
