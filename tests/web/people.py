"""Four people, what they were told lately, and a bot that shows every kind of sheet there is."""

from datetime import UTC, datetime
from itertools import count

from bot.gateways.port import Delivered, Incoming, Pressed, Typed
from bot.gateways.web.demo import Happening, Persona
from bot.gateways.web.gateway import WebGateway
from bot.gateways.web.history import NewLine
from bot.gateways.web.stored import ByPerson, to_json
from bot.texts.sheets import Attachment, Pager, Row, Settled, Sheet, Style
from tests.web.world import World

LIIS = Persona("liis", "Liis Saar", "new alumna", 1, "LS", "et", "demo-liis")
GIULIA = Persona("giulia", "Giulia Ferri", "student", 2, "GF", "it", "demo-giulia")
ANNA = Persona("anna", "Anna Kask", "teacher", 3, "AK", "en", "demo-anna")
MAITE = Persona("maite", "Maite Soler", "coordinator", 4, "MS", "es", "demo-maite")
PERSONAS = (LIIS, GIULIA, ANNA, MAITE)

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of May 2026 by the clock of Tallinn, three hours ahead of UTC in summer."""
    return datetime(2026, 5, day, hour - 3, minute, tzinfo=UTC)


HAPPENINGS = (
    Happening(at(13, 9), "giulia", "Kadri was reminded of Giulia’s request."),
    Happening(at(15, 8), "liis", "Quiet hours ended: Liis got her invitation."),
    Happening(at(15, 8, 30), "maite", "Maite was reminded that Rein is waiting."),
    Happening(at(15, 9), "giulia", "Kadri did not answer: the next mentor was asked."),
)


class Scene:
    """Lets things be said in a chat at given times."""

    def __init__(self, world: World, persona: Persona) -> None:
        self._world = world
        self._persona = persona
        self._own = count(1)

    async def school(self, when: datetime, sheet: Sheet) -> None:
        self._world.clock.now = when
        outcome = await self._world.gateway.deliver(self._persona.address, sheet)
        assert isinstance(outcome, Delivered)

    async def person(self, when: datetime, words: str) -> None:
        nonce = f"{self._persona.key}-{next(self._own)}"
        line = NewLine(when, to_json(ByPerson(words, nonce)), update=nonce)
        await self._world.history.append(self._persona.address, line)


async def seat_everybody(world: World) -> None:
    """Fill the four chats with what was said until nine o'clock on 15 May."""
    for persona in PERSONAS:
        await world.history.open(persona.address, f"demo:{persona.key}", world.clock.now)
    await _liis(Scene(world, LIIS))
    await _giulia(Scene(world, GIULIA))
    await _anna(Scene(world, ANNA))
    await _maite(Scene(world, MAITE))
    world.clock.now = at(15, 9)


async def _liis(chat: Scene) -> None:
    await chat.school(
        at(12, 8, 41),
        Sheet(
            "Tere. Olen Kutse, Kolme Kalda Kutsekooli vestlusrobot. "
            "Aitan koolil ja vilistlastel ühendust hoida.",
            "et",
        ),
    )
    await chat.school(
        at(12, 8, 41), Sheet("Mis aastal sa koolist lahkusid?", "et", Style.QUESTION)
    )
    await chat.person(at(12, 8, 42), "2o25")
    await chat.school(
        at(12, 8, 42),
        Sheet(
            "Ma ei saanud aastast aru. Kirjuta see palun nelja numbriga, näiteks 2024. "
            "Kõik sinu varasemad vastused on alles.",
            "et",
            Style.GENTLE,
        ),
    )
    await chat.person(at(12, 8, 43), "2025")
    await chat.school(
        at(12, 8, 48),
        Sheet(
            "Aitäh, Liis. Leidsime sinu nime kooli nimekirjast ja kõik on valmis. "
            "Kirjutame sulle mitte tihemini kui kord kuus.",
            "et",
        ),
    )
    await chat.school(
        at(15, 8),
        Sheet(
            "Liis, sinu lõpetamisest saab varsti aasta. Tule vaata, mis koolis uut on. "
            "Kohvi ja kringlit jätkub kõigile.\n\nLaupäev, 30. mai 2026, kell 15.00\n"
            "Kooli aula, Sadama 3, Pärnu",
            "et",
            Style.LETTER,
            title="Vilistlaste kokkutulek",
            rows=(
                Row("Tulen", "c:1:1:Yes"),
                Row("Võib-olla", "c:1:1:Maybe"),
                Row("Ei saa tulla", "c:1:1:No"),
            ),
            key="c:1:1",
        ),
    )


async def _giulia(chat: Scene) -> None:
    await chat.person(at(12, 8, 58), "Vorrei imparare i quadri elettrici.")
    await chat.school(
        at(12, 9),
        Sheet("Ho scritto a Kadri, la prima della tua lista. Ha 72 ore per rispondere.", "it"),
    )
    await chat.school(
        at(15, 9),
        Sheet(
            "Kadri non è riuscita a rispondere in tempo; può capitare. "
            "Ho già scritto a Paula, la seconda della tua lista.",
            "it",
        ),
    )
    await chat.school(at(15, 9), page_of_mentors(2))


def page_of_mentors(page: int) -> Sheet:
    """Return one of four pages of a list of eleven people."""
    names = ("Paula", "Ilir", "Bea", "Marta", "Jaan", "Ane", "Rein", "Sara", "Olev", "Pia", "Ott")
    first = 3 * page - 2
    shown = names[first - 1 : first + 2]
    return Sheet(
        "Vuoi aggiungere un altro nome, per sicurezza?",
        "it",
        Style.QUESTION,
        rows=tuple(Row(name, f"q:7:3:{name}", "Quadri elettrici, Como, 2019") for name in shown),
        pager=Pager(
            f"{first}–{first + len(shown) - 1} di 11",
            Row("Indietro", f"q:7:3:page{page - 1}") if page > 1 else None,
            Row("Avanti", f"q:7:3:page{page + 1}") if page < 4 else None,
            first,
        ),
        hint="Puoi anche scrivere il numero o il nome.",
        key="q:7:3",
    )


async def _anna(chat: Scene) -> None:
    await chat.school(
        at(12, 8, 40),
        Sheet(
            "Ida would love to come. Which day suits your class?",
            "en",
            Style.QUESTION,
            rows=(
                Row("Tuesday 2 June, 10:15", "q:5:1:a"),
                Row("Wednesday 3 June, 12:00", "q:5:1:b"),
                Row("Neither of these", "q:5:1:c"),
            ),
            key="q:5:1",
        ),
    )
    await chat.school(
        at(15, 9),
        Sheet(
            "Ida has confirmed. Here is the talk for your calendar.",
            "en",
            attachment=Attachment("guest-talk-3-june.ics", "text/calendar", CALENDAR),
            settles=Settled("q:5:1", ("q:5:1:b",)),
        ),
    )
    await chat.school(
        at(15, 9),
        Sheet(
            "Will you be in the room for the whole talk? If not, I will ask a colleague of yours.",
            "en",
            Style.SPLIT,
            rows=(Row("Yes", "q:5:2:yes"), Row("No", "q:5:2:no")),
            key="q:5:2",
        ),
    )


async def _maite(chat: Scene) -> None:
    await chat.school(
        at(12, 11, 30),
        Sheet("Hola, Maite. Hay una persona nueva en la cola: Rein Oja, Electricidad.", "es"),
    )
    await chat.school(
        at(15, 8, 30),
        Sheet(
            "Rein Oja espera tu respuesta desde el martes. "
            "Dice que salió en 2011; en la lista pone 2010.",
            "es",
            Style.NUDGE,
            rows=(Row("Preguntar", "c:9:1:Ask"), Row("Mañana", "c:9:1:Later")),
            key="c:9:1",
        ),
    )
    await chat.person(at(15, 8, 59), "Preguntar")
    await chat.school(at(15, 8, 59), questions_for_rein(frozenset({1, 3}), settles=True))


def questions_for_rein(on: frozenset[int], *, settles: bool = False) -> Sheet:
    """Return a question with switches, of which some are on."""
    labels = (
        "El año en que salió",
        "Su apellido anterior",
        "El ciclo que estudió",
        "Quién fue su tutora o tutor",
    )
    marked = "1 marcada" if len(on) == 1 else f"{len(on)} marcadas"
    return Sheet(
        "¿Qué le preguntamos a Rein? Marca todo lo que haga falta.",
        "es",
        Style.SEVERAL,
        rows=tuple(
            Row(label, f"q:8:2:{number}", is_on=number in on)
            for number, label in enumerate(labels, start=1)
        ),
        done=Row(f"Listo, {marked}", "q:8:2:done"),
        key="q:8:2",
        settles=Settled("c:9:1", ("c:9:1:Ask",)) if settles else None,
    )


class PartsBot:
    """Answers so that every part is seen; it knows the open questions by heart."""

    def __init__(self) -> None:
        self._on = {1, 3}
        self.fails = False

    async def answer(self, gateway: WebGateway, incoming: Incoming) -> None:
        """Answer at once, into the chat it came from."""
        sheet = self._sheet(incoming)
        if isinstance(incoming.said, Pressed) and ":page" in incoming.said.data:
            page = int(incoming.said.data.rpartition("page")[2])
            await gateway.edit(incoming.address, "4", page_of_mentors(page))
        elif isinstance(incoming.said, Pressed) and incoming.said.data[:-1] == "q:8:2:":
            self._on ^= {int(incoming.said.data[-1])}
            await gateway.edit(incoming.address, "4", questions_for_rein(frozenset(self._on)))
        elif sheet:
            await gateway.deliver(incoming.address, sheet)

    def _sheet(self, incoming: Incoming) -> Sheet | None:
        said = incoming.said
        language = incoming.language or "en"
        match said:
            case Typed("/start"):
                return who(language)
            case Typed(words) if words.startswith("/language "):
                return Sheet("Done.", words.removeprefix("/language "))
            case Typed("/silence"):
                return None
            case Typed(words):
                return Sheet(f"You wrote: {words}", language)
            case Pressed(answer) if answer.startswith(("q:5:2:", "who:", "q:7:3:", "c:1:1:")):
                key = answer.rpartition(":")[0]
                return Sheet("Noted.", language, settles=Settled(key, (answer,)))
            case Pressed("q:8:2:done"):
                chosen = tuple(f"q:8:2:{number}" for number in sorted(self._on))
                return Sheet("Hecho.", "es", settles=Settled("q:8:2", chosen))
            case _:
                return Sheet("That question is already settled.", language)


def who(language: str) -> Sheet:
    """Return the question with which a chat begins."""
    return Sheet(
        "Who are you?",
        language,
        Style.QUESTION,
        rows=(
            Row("I left this school", "who:alumni", "with or without a diploma"),
            Row("I am a student", "who:student"),
            Row("I work here", "who:staff"),
        ),
        hint="You can also write the number.",
        key="who",
    )


def alone() -> World:
    """Return a school with one chat, and nobody in it yet."""
    return World(answer=PartsBot().answer)


async def a_full_school() -> World:
    """Return the demo's school, with everybody in their seats."""
    world = World(personas=PERSONAS, happenings=HAPPENINGS, answer=PartsBot().answer)
    await seat_everybody(world)
    return world
