"""Mentoring in the real demo: three people, each in their own language, and the clock."""

import re

from playwright.async_api import Browser, Locator, Page, expect

from tests.demo.chats import answer, chat, press, reads, sign_up, switch_on, tell, write

DAYS_AT_MOST = 12
"""The first good time to meet is soon; public holidays are left out."""


async def offer_to_be_a_mentor(liis: Locator) -> None:
    """Liis reads what is expected, and three cards, before she is asked anything."""
    await write(liis, "/mentor")
    await answer(liis, "kolm kuud, umbes kaks tundi kuus", "Jah, tahaksin")
    await answer(liis, "1. Kõigepealt kuula.", "Edasi")
    await answer(liis, "2. Kui õpilane võib olla ohus", "Edasi")
    await answer(liis, "3. Kohtuge avalikus kohas", "Olen valmis")
    await switch_on(liis, "Milles saaksid õpilast aidata?", "Esimese töökoha leidmine", "Valmis")
    await switch_on(liis, "saaksid õpilasega rääkida?", "Italiano", "Valmis")
    await switch_on(liis, "Kuidas soovid kohtuda?", "Silmast silma", "Valmis")
    await answer(liis, "Mis päevadel sul aega on?", "Valmis")
    await answer(liis, "Mis on sulle töös tähtis?", "Valmis")
    await answer(liis, "Mitu õpilast korraga?", "1")
    await answer(liis, "Kui tihti võib sulle õpilaste soove saata?", "Alati, kui sobin")
    await answer(liis, "Nõusoleku võid igal ajal tagasi võtta", "Nõustun")
    await reads(liis, "Kui mõni õpilane sobib, saad tema soovi kohe")


async def come_in_as_a_student(giulia: Locator) -> None:
    """Giulia has scanned the code of her class, and is grown up."""
    await answer(giulia, "Che lingua preferisci?", "Italiano")
    await answer(giulia, "cinque righe sui tuoi dati", "Continua")
    await tell(giulia, "Qual è il tuo anno di nascita?", "2004")
    await tell(giulia, "Qual è il tuo nome, senza il cognome?", "Giulia")
    await reads(giulia, "Ti diamo il benvenuto, Giulia.")


async def ask_for_liis(giulia: Locator) -> None:
    """Giulia says what she needs, sees who fits and why, and chooses."""
    await write(giulia, "/mentor")
    await answer(giulia, "Per che cosa vorresti un aiuto?", "Trovare il primo lavoro")
    await tell(giulia, "aver raggiunto tra tre mesi?", "Saldare in un cantiere navale")
    await answer(giulia, "In quali lingue", "Fatto")
    await switch_on(giulia, "Come vuoi fare gli incontri?", "Di persona", "Fatto")
    await answer(giulia, "In quali giorni hai tempo?", "Fatto")
    await answer(giulia, "Che cosa conta per te nel lavoro?", "Fatto")
    await answer(giulia, "Vale il doppio.", "Lo stesso settore")
    await reads(giulia, "qualcuno che non deve farti da mentor")
    nobody = giulia.get_by_role("button", name="Nessuno", exact=True)  # without a number
    await nobody.click()
    await reads(giulia, "stesso corso: Saldatura e carpenteria metallica")
    await answer(giulia, "A chi chiediamo prima?", "Liis")
    await reads(giulia, "La tua richiesta è arrivata a Liis.")


async def agree_on_a_time(liis: Locator, giulia: Locator) -> None:
    """Liis says yes and proposes three times; Giulia takes the first."""
    await reads(liis, "sama eriala: Keevitaja")
    await answer(liis, "Giulia soovib sind oma mentoriks.", "Jah, hea meelega")
    await reads(giulia, "Liis ha detto di sì.")
    await reads(giulia, "Vi presentiamo.")
    await reads(liis, "Saage tuttavaks.")
    await answer(liis, "Paku kolm aega.", "Paku aegu")
    for question in ("Esimene aeg kolmest", "Ja teine aeg?", "Ja kolmas aeg?"):
        await tell(liis, question, "1")
    await tell(liis, "Kus te kohtute?", "Kohvik Muul")
    await reads(giulia, "Liis propone tre orari per l’incontro.")
    times = giulia.get_by_role("button", name=re.compile(r", ore \d\d:00"), disabled=False)
    await expect(times).to_have_count(3)
    await times.first.click()
    await reads(giulia, "È fissato.")
    await reads(liis, "Kokku lepitud.")
    await reads(giulia, "Tre domande per il primo incontro")
    await reads(liis, "Esimeseks kohtumiseks")


async def wait_until_they_have_met(page: Page, liis: Locator) -> None:
    """Move the clock day by day, until the two are asked."""
    asked, shown = liis.get_by_text("Kas saite kokku?"), page.locator(".clock .now time")
    for _ in range(DAYS_AT_MOST):
        before = await shown.get_attribute("datetime")
        await page.get_by_role("button", name="1 day").click()
        await expect(shown).not_to_have_attribute("datetime", before or "")
        if await asked.count():
            break


async def test_a_student_finds_a_mentor_and_both_say_that_they_met(
    browser: Browser, demo: str
) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 1000})
    await page.goto(demo)
    liis, giulia, maite = chat(page, "liis"), chat(page, "giulia"), chat(page, "maite")
    await sign_up(liis)
    await offer_to_be_a_mentor(liis)
    await come_in_as_a_student(giulia)
    await ask_for_liis(giulia)

    await write(maite, "/mentor")
    await reads(maite, "Búsquedas de mentoría: 1 (tiene que contestar la persona mentora: 1)")
    await press(maite, "Eso es todo")

    await agree_on_a_time(liis, giulia)
    await wait_until_they_have_met(page, liis)

    await reads(liis, "Meeldetuletus: sul on kohtumine.")
    await reads(giulia, "hai un incontro con Liis. Dove: Kohvik Muul")
    await answer(giulia, "L’incontro con Liis c’è stato?", "Sì")
    await reads(giulia, "Bene, e grazie per averlo detto.")
    await reads(liis, "Millal saaksid kohtuda?")
    await write(maite, "/mentor")
    await reads(maite, "Parejas: 1 (la mentoría sigue: 1)")
    await page.close()
