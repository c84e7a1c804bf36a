"""How many messages Telegram takes: about 30 a second in all; one a second in a chat, but for short bursts."""

from collections import defaultdict, deque
from datetime import datetime, timedelta

PER_SECOND = 30
A_SECOND = timedelta(seconds=1)
IN_A_CHAT = ((A_SECOND, 3), (timedelta(seconds=10), 12))
"""In how long a time how many messages pass: a short burst, and then one a second."""
SENT = frozenset({"sendmessage", "senddocument"})
CHANGED = frozenset({"editmessagetext", "editmessagecaption", "editmessagereplymarkup"})


class Limits:
    """Counts what a bot sends, and refuses what is too much, however the second is laid."""

    def __init__(self) -> None:
        self.refused = 0
        self._all: deque[datetime] = deque(maxlen=PER_SECOND)
        longest = max(most for _, most in IN_A_CHAT)
        self._in_chats: defaultdict[object, deque[datetime]] = defaultdict(
            lambda: deque(maxlen=longest)
        )

    def refuse(self, method: str, chat: object, now: datetime) -> bool:
        """Return whether a call of `method` to `chat` comes too soon; else count it."""
        method = method.lower()
        if method not in SENT | CHANGED:
            return False
        sent = self._in_chats[chat]
        is_new = method in SENT
        is_flood = len(self._all) == PER_SECOND and now - self._all[0] < A_SECOND
        for span, most in IN_A_CHAT:
            is_flood = is_flood or (is_new and len(sent) >= most and now - sent[-most] < span)
        if is_flood:
            self.refused += 1
            return True
        self._all.append(now)
        if is_new:
            sent.append(now)
        return False
