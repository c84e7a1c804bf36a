"""Where an event is, as staff wrote it: an address that a map finds, the link of a call, or neither."""

import re
from urllib.parse import quote_plus

MAP = "https://www.openstreetmap.org/search?query="
CALLS = (
    "call", "en línea", "google meet", "in linea", "internetis", "jitsi", "meet", "online", "skype", "teams",
    "veebis", "video call", "videochiamata", "videoconferencia", "videoconferenza", "videokõne", "videollamada",
    "virtual", "virtuale", "zoom",
)  # fmt: skip
"""How people begin to say that something is no place but a call."""
_LINK = re.compile(r"\bhttps?://\S+", re.IGNORECASE)
_ON_A_CALL = re.compile(rf"(?:{'|'.join(CALLS)})\b", re.IGNORECASE)
_IN_AN_ADDRESS = re.compile(r"\d|,")


def own_link(place: str) -> str | None:
    """Return the link that stands in a place; None if there is none."""
    found = _LINK.search(place)
    return found[0].rstrip(".,;:!?)]>") if found else None


def map_link(place: str) -> str | None:
    """Return what shows a place on a map; None for a call, and for what is no address.

    The school knows where its "hall" is, but a map would find another.
    """
    words = " ".join(place.split())
    if own_link(words) or _ON_A_CALL.match(words) or not _IN_AN_ADDRESS.search(words):
        return None
    return MAP + quote_plus(words)


def link_of(place: str) -> str | None:
    """Return what leads to a place: the link of a call, or else a map; None if there is neither."""
    return own_link(place) or map_link(place)


def lacks_link(place: str) -> bool:
    """Return whether a place says that it is a call, and nothing of how people get there."""
    return _ON_A_CALL.fullmatch(" ".join(place.split()).rstrip(".")) is not None
