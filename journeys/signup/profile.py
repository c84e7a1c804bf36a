"""Alumni look at what they have told, and change it."""

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from bot.conversation.dialogue import AT_EASE, Done, known
from bot.conversation.effects import Effect
from bot.conversation.messages import msg
from bot.domain.arrival import OpenElsewhere
from bot.domain.consent import SetConsents
from bot.domain.signup import KeepProfile
from journeys.signup.ages import go_on_on_the_page
from journeys.signup.alumni import AlumniSignup, Draft, profile_of
from journeys.signup.questions import NONE_OF_THESE


class ProfileChange(AlumniSignup):
    """The questions of the sign-up once more, from its review; nothing is lost by leaving it."""

    name = "signup.profile"
    opens_at = "review"
    patience = AT_EASE
    left: ClassVar[tuple[Effect, ...]] = ()
    left_word = msg("All right. Your profile stays as it was.")

    @override
    def opens_with(self, opening: Mapping[str, str]) -> Draft:
        told = known(self._desk.profile())
        return Draft(
            self._desk.born() or 0,
            self._desk.consents(),
            told.name,
            told.programme or NONE_OF_THESE,
            told.left_in,
            told.how_left,
            told.doing,
            told.town,
            told.offers,
            told.frequency,
        )

    @override
    def elsewhere(self, draft: Draft) -> Done:
        # Of age for the network or not, what was told stays theirs; only this way to them is not to be used.
        link = (OpenElsewhere(),) if self._desk.web_url else ()
        kept = KeepProfile(profile_of(draft), draft.born)
        return Done(go_on_on_the_page(self._desk), kept, SetConsents(()), *link)

    @override
    def sent(self, draft: Draft) -> Done:
        word = msg("Done. Your profile is up to date.")
        kept = KeepProfile(profile_of(draft), draft.born or None)
        return Done(word, kept, SetConsents(draft.purposes))
