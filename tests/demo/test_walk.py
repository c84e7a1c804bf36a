"""The real demo, started by its command, in a real browser."""

from playwright.async_api import Browser, expect

from tests.demo.chats import chat, press, write


async def test_an_alumna_signs_up_in_estonian_while_the_coordinator_approves_in_spanish(
    browser: Browser, demo: str
) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 1000})
    await page.goto(demo)
    liis, maite = chat(page, "liis"), chat(page, "maite")
    for label in ("Eesti", "Jätkan", "Õppisin siin"):
        await press(liis, label)
        await expect(liis.get_by_text(label).last).to_be_visible()
    await expect(liis.get_by_text("Mis aastal sa sündisid")).to_be_visible()
    await write(liis, "2001")
    await expect(liis.get_by_text("millest kool võib sulle kirjutada")).to_be_visible()
    await press(liis, "Valmis")
    await expect(liis.get_by_text("Mis su nimi on?")).to_be_visible()
    await write(liis, "Liis Saar")
    await expect(liis.get_by_text("Mida sa siin õppisid?")).to_be_visible()
    await write(liis, "keevitja")
    await expect(liis.get_by_text("Mis aastal sinu õpingud")).to_be_visible()
    await write(liis, "2018")
    await expect(liis.get_by_text("Kuidas sinu õpingud")).to_be_visible()
    await write(liis, "1")
    await expect(liis.get_by_text("Millega sa praegu tegeled?")).to_be_visible()
    await press(liis, "Töötan")
    await expect(liis.get_by_text("Kus sa praegu elad?")).to_be_visible()
    await write(liis, "Pärnu")
    await expect(liis.get_by_text("Mida tahaksid hea meelega pakkuda?")).to_be_visible()
    await write(liis, "1 ja 3")
    await press(liis, "Valmis")
    await expect(liis.get_by_text("Kui tihti võib kool")).to_be_visible()
    await press(liis, "Kord kuus")
    await expect(liis.get_by_text("Palun vaata üle")).to_be_visible()
    await press(liis, "Saada")
    await expect(liis.get_by_text("Kool kontrollib nüüd")).to_be_visible()

    await expect(maite.get_by_text("Nombre: Liis Saar")).to_be_visible()
    await press(maite, "Aprobar")
    await expect(maite.get_by_text("Aprobado").last).to_be_visible()
    await page.get_by_role("button", name="1 hour").click()

    await expect(liis.get_by_text("Tere tulemast tagasi")).to_be_visible()
    await page.close()
