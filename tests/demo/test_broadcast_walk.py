"""A letter to many in the real demo: Maite writes in Spanish and Estonian, and Liis reads it in hers."""

from playwright.async_api import Browser, Locator, ViewportSize

from tests.demo.chats import answer, chat, press, reads, sign_up, tell, write

PHONE = ViewportSize(width=390, height=844)


async def write_to_many(maite: Locator) -> None:
    """Maite writes in her language, hears who reads another, and sees what they will get."""
    await write(maite, "/broadcast")
    await tell(maite, "¿Sobre qué quieres escribir?", "2")
    await tell(maite, "El título, en este idioma: Español", "Una tarde en el centro")
    await tell(maite, "El texto, en este idioma: Español", "El 12 de junio abrimos el taller.")
    await answer(maite, "¿Para quién es?", "Listo")
    await answer(maite, "Eesti: 1 (falta el texto)", "Seguir")
    await answer(maite, "Falta el texto en este idioma: Eesti.", "Lo escribo en su idioma")
    await tell(maite, "El título, en este idioma: Eesti", "Õhtu koolis")
    await tell(maite, "El texto, en este idioma: Eesti", "12. juunil avame uue töökoja.")
    await reads(maite, "Envío: cuanto antes")
    await press(maite, "Ver cómo llega")
    await answer(maite, "Así lo lee 1 persona. Idioma: Eesti", "Ya lo he visto")
    await reads(maite, "Envío: cuanto antes")
    await press(maite, "Enviarme una prueba")
    await reads(maite, "Prueba, Eesti: Õhtu koolis")
    await press(maite, "Seguir")
    await tell(maite, "Para enviarlo, escribe ese número.", "1")


async def test_maite_writes_to_many_and_puts_it_right(demo: str, browser: Browser) -> None:
    page = await browser.new_page(viewport=PHONE)
    await page.goto(demo)
    liis, maite = chat(page, "liis"), chat(page, "maite")
    await sign_up(liis, "Üritused")
    await page.locator(".pick").get_by_role("link", name="Maite").click()

    await write_to_many(maite)
    await reads(maite, "Entregado a: 1")
    await write(maite, "/broadcast")
    await tell(maite, "Escribe uno nuevo o mira uno de los últimos:", "2")
    await answer(maite, "Escrito:", "Escribir a quienes lo recibieron")
    await answer(
        maite, "Esto llega solo a quienes recibieron «Una tarde en el centro»", "Una corrección"
    )
    await tell(maite, "El título, en este idioma: Español", "Otra fecha")
    await tell(maite, "Por ejemplo:", "Abrimos el 13 de junio.")
    await answer(
        maite, "Falta el texto en este idioma: Eesti.", "Lo mismo que he escrito: Español"
    )
    await reads(maite, "Para: quienes recibieron «Una tarde en el centro»")
    await press(maite, "Seguir")
    await tell(maite, "Para enviarlo, escribe ese número.", "1")
    await reads(maite, "El envío de «Otra fecha» ha terminado.")

    await page.locator(".pick").get_by_role("link", name="Liis").click()
    await reads(liis, "12. juunil avame uue töökoja.")
    await reads(liis, "Abrimos el 13 de junio.")
