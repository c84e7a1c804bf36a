"""An event in the real demo: Maite invites alumni in four languages, they answer, and she reads how it was."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from playwright.async_api import Browser, Locator, Page

from tests.demo.chats import answer, chat, press, reads, sign_up, tell, write
from tests.demo.visitors import ANE, MARTA, REIN, Visitor, visiting

DAYS_AHEAD = 15
TITLES = {"Eesti": "Koolipäev", "English": "School day", "Italiano": "Giornata a scuola"}


async def shown_now(page: Page) -> datetime:
    """Return the moment that the demo's clock shows."""
    shown = await page.locator(".clock .now time").get_attribute("datetime")
    return datetime.fromisoformat(shown or "")


async def forward(page: Page, demo: str, span: str) -> None:
    """Move the demo's clock by an ISO 8601 duration."""
    moved = await page.request.post(f"{demo}/demo/clock", data={"forward": span})
    assert moved.ok, await moved.text()


async def invite(maite: Locator, day: datetime) -> None:
    """Maite says what it is, when and where, and writes it in each language that somebody reads."""
    await write(maite, "/calendar")
    await answer(maite, "¿Quieres enviar invitaciones para un evento?", "Reencuentro")
    await tell(maite, "¿Cuándo empieza?", f"{day:%Y-%m-%d} 18:00")
    await tell(maite, "¿Cuántas horas dura?", "3")
    await tell(maite, "¿Dónde es?", "Sadama 3, Pärnu")
    await tell(maite, "¿Cuántas plazas hay?", "20")
    await tell(maite, "¿Con cuántas personas más puede venir cada una?", "0")
    await answer(maite, "¿Quieres poner una imagen en la invitación?", "Sin imagen")
    await tell(maite, "El título, en este idioma: Español", "Un día en el centro")
    await tell(maite, "El texto, en este idioma: Español", "Todo el mundo es bienvenido.")
    await answer(maite, "¿Para quién es?", "Listo")
    await reads(maite, "Personas: 4")
    await press(maite, "Seguir")
    for language, title in TITLES.items():
        await answer(
            maite, f"Falta el texto en este idioma: {language}.", "Lo escribo en su idioma"
        )
        await tell(maite, f"El título, en este idioma: {language}", title)
        await tell(maite, f"El texto, en este idioma: {language}", f"{title}: 2026")
    await reads(maite, "Italiano: 1")
    await press(maite, "Seguir")
    await tell(maite, "Para enviarla, escribe ese número.", "4")
    await reads(maite, "La invitación está en camino. Personas: 4.")


async def see_who_came(maite: Locator) -> None:
    """Maite notes at the door who is there: Liis by her name, and nobody else."""
    await press(maite, "Anotar la asistencia")
    await tell(maite, "¿Quién ha venido?", "Liis Saar")
    await reads(maite, "Asistencia anotada: Liis Saar")
    await press(maite, "Eso es todo")


async def say_how_it_was(liis: Locator) -> None:
    """Liis is thanked, and answers two questions."""
    await answer(liis, "Aitäh, et tulid: Koolipäev.", "Vasta kahele küsimusele")
    await answer(liis, "Kuidas sulle meeldis?", "5")
    await tell(liis, "Soovi korral lisa", "Rohkem pille")
    await reads(liis, "Aitäh. ")


async def test_maite_invites_in_four_languages_and_reads_how_it_was(
    demo: str, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 1000})
    await page.goto(demo)
    liis, maite = chat(page, "liis"), chat(page, "maite")
    async with AsyncExitStack() as stack:
        rein, ane, marta = [await stack.enter_async_context(visiting(demo)) for _ in range(3)]
        await asyncio.gather(
            rein.sign_up(REIN), ane.sign_up(ANE), marta.sign_up(MARTA), sign_up(liis, "Üritused")
        )
        await invite(maite, await shown_now(page) + timedelta(days=DAYS_AHEAD))
        await reads(liis, "Koolipäev: 2026")
        assert await their_titles(rein, ane, marta) == [
            "School day",
            "Un día en el centro",
            "Giornata a scuola",
        ]

        await press(liis, "Tulen")
        await rein.say("I cannot come")
        await ane.say("Voy")
        await marta.say("Forse")
        await press(maite, "Cómo va el evento")
        await reads(maite, "Vienen: 2; con acompañantes: 2. Plazas: 20")
        await reads(maite, "Quizá: 1")
        await reads(maite, "Sin respuesta todavía: 0")

        for _ in range(2):
            await page.get_by_role("button", name="1 week").click()
        await forward(page, demo, "P1DT8H30M")
        await see_who_came(maite)
        await forward(page, demo, "P3D")
        await say_how_it_was(liis)
        await forward(page, demo, "P10D")

        await reads(maite, "Asistencia: 1; no vinieron: 1")
        await reads(maite, "Valoración, de 1 a 5: 5,0. Respuestas: 1")
        await reads(maite, "Rohkem pille")
        assert "Te echamos de menos" in await ane.read()
    await page.close()


async def their_titles(*visitors: Visitor) -> list[str]:
    """Return what each was invited to, in their own language."""
    read = [await one.read() for one in visitors]
    known = (*TITLES.values(), "Un día en el centro")
    return [next(one for one in known if f"{one}\n" in said) for said in read]
