"""What people choose when they sign up, in words: journeys of staff name it as they read it."""

from collections.abc import Mapping

from bot.conversation.messages import Message, msg
from bot.domain.digest import Frequency
from bot.domain.signup import Offer

OFFERS: Mapping[Offer, Message] = {
    Offer.ANSWER: msg("Answer a question"),
    Offer.STORY: msg("Tell my story"),
    Offer.TALK: msg("Give a talk in class"),
    Offer.INTERVIEWS: msg("Practise job interviews"),
    Offer.WORKPLACE: msg("Show my workplace"),
    Offer.TRAINEE: msg("Take a trainee"),
    Offer.JOBS: msg("Offer jobs"),
    Offer.MENTOR: msg("Be a mentor"),
    Offer.ADVISE: msg("Advise on programmes"),
}
FREQUENCIES: Mapping[Frequency, Message] = {
    Frequency.NEEDED: msg("Only what is needed"),
    Frequency.MONTHLY: msg("Once a month"),
    Frequency.WEEKLY: msg("Once a week"),
    Frequency.ANY_TIME: msg("Whenever there is news"),
}
