"""Many people at once, drawn from a seed: more than could be let in one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection, insert

from bot.domain.consent import Purpose
from bot.domain.digest import Frequency
from bot.domain.people import Role
from bot.domain.signup import HowLeft, Offer
from bot.storage.tables import addresses, consents, people, profiles, roles

LANGUAGES = ("en", "es", "it", "et")
TOWNS = ("Pärnu", "Vitoria-Gasteiz", "Bergamo", None)
PROGRAMMES = ("welding", "cooking", None)
CLASSES = ("KE-24", "KO-25", None)


@dataclass(frozen=True, slots=True)
class OneOfMany:
    """Somebody of the crowd, as the database knows them."""

    id: int
    language: str
    role: Role
    class_key: str | None
    programme: str | None
    left_in: int | None
    how_left: HowLeft | None
    town: str | None
    offers: tuple[Offer, ...]
    seen_at: datetime
    agreed: frozenset[Purpose]
    withdrew: frozenset[Purpose]
    stopped_at: datetime | None = None
    paused_until: datetime | None = None
    is_unreachable: bool = False
    frequency: Frequency | None = None
    address: str = field(default="", repr=False)


def crowd(seed: int, number: int, now: datetime, first: int = 1) -> Iterator[OneOfMany]:
    """Draw `number` people, of all kinds."""
    draw, often = Random(seed), Random(-seed)
    for at in range(first, first + number):
        role = draw.choices([Role.ALUMNI, Role.FRIEND, Role.STUDENT, Role.TEACHER], [6, 1, 2, 1])[
            0
        ]
        learns = role is Role.STUDENT
        tells = role in {Role.ALUMNI, Role.FRIEND}
        agreed = frozenset(one for one in Purpose if draw.random() < 0.6)
        yield OneOfMany(
            id=at,
            language=draw.choice(LANGUAGES),
            role=role,
            class_key=draw.choice(CLASSES) if learns else None,
            programme=draw.choice(PROGRAMMES) if tells else None,
            left_in=draw.choice((1999, 2012, 2020, 2024, None)) if tells else None,
            how_left=draw.choice((*HowLeft, None)) if tells else None,
            town=draw.choice(TOWNS) if tells else None,
            offers=tuple(draw.sample(list(Offer), draw.randint(0, 3))) if tells else (),
            seen_at=now - timedelta(days=draw.choice((0, 100, 365, 366, 900))),
            agreed=agreed,
            withdrew=frozenset(
                one for one in Purpose if one not in agreed and draw.random() < 0.3
            ),
            stopped_at=now if draw.random() < 0.1 else None,
            paused_until=now + timedelta(days=draw.choice((-1, 1)))
            if draw.random() < 0.2
            else None,
            is_unreachable=draw.random() < 0.1,
            frequency=often.choice((*Frequency, None)),
            address=f"crowd-{at}",
        )


def let_all_in(
    tx: Connection, school: str, everybody: list[OneOfMany], now: datetime, network: str = "web"
) -> None:
    """Write everybody down, as if they had come one by one."""
    of = {"school_id": school}
    tx.execute(
        insert(people),
        [
            {
                **of,
                "id": one.id,
                "language": one.language,
                "name": f"Person {one.id}",
                "born": 1990,
                "class_key": one.class_key,
                "created_at": now,
                "seen_at": one.seen_at,
                "paused_until": one.paused_until,
                "stopped_at": one.stopped_at,
                "frequency": one.frequency,
                "network": network,
                "address": one.address,
            }
            for one in everybody
        ],
    )
    tx.execute(
        insert(roles),
        [{**of, "person_id": one.id, "role": one.role, "since": now} for one in everybody],
    )
    tx.execute(
        insert(addresses),
        [
            {
                **of,
                "network": network,
                "address": one.address,
                "person_id": one.id,
                "unreachable_at": now if one.is_unreachable else None,
            }
            for one in everybody
        ],
    )
    told = [one for one in everybody if one.role in {Role.ALUMNI, Role.FRIEND}]
    tx.execute(
        insert(profiles),
        [
            {
                **of,
                "person_id": one.id,
                "programme": one.programme,
                "left_in": one.left_in,
                "how_left": one.how_left,
                "town": one.town,
                "offers": "[" + ", ".join(f'"{offer}"' for offer in one.offers) + "]",
            }
            for one in told
        ],
    )
    given = {"text_version": 1, "network": network, "given_at": now}
    tx.execute(
        insert(consents),
        [
            {
                **of,
                **given,
                "person_id": one.id,
                "purpose": purpose,
                "language": one.language,
                "withdrawn_at": now if purpose in one.withdrew else None,
            }
            for one in everybody
            for purpose in sorted(one.agreed | one.withdrew)
        ],
    )
