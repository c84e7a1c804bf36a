"""How many messages Telegram takes: about 30 a second in all; one a second in a chat, but for short bursts."""

from collections import defaultdict, deque
from datetime import datetime, timedelta

from tests.telegram.wire import Call

PER_SECOND = 30
IN_A_CHAT = ((timedelta(seconds=1), 3), (timedelta(seconds=10), 12))
"""In how long a time how many messages pass: a short burst, and then one a second."""
SENT = {"sendMessage", "sendDocument"}
CHANGED = {"editMessageText", "editMessageCaption", "editMessageReplyMarkup"}


class Limits:
    """Counts what a bot sends, and refuses what is too much."""

    def __init__(self) -> None:
        self.refused = 0
        self._all: deque[datetime] = deque(maxlen=PER_SECOND)
        self._in_chats: defaultdict[object, list[datetime]] = defaultdict(list)

    def refuse(self, call: Call, now: datetime) -> bool:
        """Return whether `call` comes too soon; else count it."""
        if call.method not in SENT | CHANGED:
            return False
        chat = self._in_chats[call.parameters["chat_id"]]
        is_flood = len(self._all) == PER_SECOND and now - self._all[0] < timedelta(seconds=1)
        is_new = call.method in SENT
        for span, most in IN_A_CHAT:
            is_flood = is_flood or (is_new and sum(now - at < span for at in chat) >= most)
        if is_flood:
            self.refused += 1
            return True
        self._all.append(now)
        if is_new:
            chat.append(now)
        return False
