"""A school by the sea that speaks four languages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.people import PersonId
from bot.domain.school import (
    Ages,
    Owner,
    Owners,
    Programme,
    QuietHours,
    Safeguarding,
    School,
    SchoolClass,
    SchoolKey,
    StaffKey,
)
from bot.texts.catalogues import languages
from bot.texts.render import Texts

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
ANA, MARI = PersonId(3), PersonId(4)
NAMES = {ANA: "Ana Ruiz", MARI: "Mari Kask"}
SCHOOL = School(
    key=SchoolKey("shore"),
    names={
        "en": "Shore School",
        "es": "CIFP La Orilla",
        "it": "CFP La Riva",
        "et": "Ranna Kutsekool",
    },
    country="EE",
    zone=ZoneInfo("Europe/Tallinn"),
    languages=languages(),
    default_language="en",
    contact="room 104",
    privacy_contact="privacy@shore.example",
    privacy_url="https://shore.example/privacy",
    retention_years=2,
    answer_days=3,
    ages=Ages(consent=13),
    quiet_hours=QuietHours(),
    safeguarding=Safeguarding(StaffKey("kersti"), "Kersti Pärn", "116 111"),
    owners=Owners(Owner(StaffKey("kersti"))),
    programmes=(
        Programme(
            "welding",
            "0715",
            4,
            {"en": "Welding", "es": "Soldadura", "it": "Saldatura", "et": "Keevitaja"},
        ),
    ),
    classes=(SchoolClass("KE-24", "welding", 2027),),
)


def texts(now: datetime = NOW) -> Texts:
    """Return the school's texts at the moment `now`."""
    return Texts(SCHOOL, lambda: now)
