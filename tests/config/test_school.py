import re
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import demo
from bot.domain.school import MentoringRules, Owner, QuietHours, StaffKey, consent_age
from bot.misconfigured import Misconfigured
from bot.school import installed_journeys, load_school, read_school
from tests.config.files import SMALL, Slip, faults, read, school, slips

README = Path(__file__).parents[2] / "README.md"


def test_a_small_file_is_a_whole_school(tmp_path: Path) -> None:
    small = school(tmp_path)

    assert small.key == "north-shore"
    assert small.zone == ZoneInfo("Europe/Tallinn")
    assert (small.retention_years, small.answer_days) == (2, 3)
    assert small.quiet_hours == QuietHours(time(21), time(8))
    assert small.safeguarding.helpline == "116 111"
    assert [one.code for one in small.programmes] == ["welding", "cooking"]
    assert small.classes[0].final_year == 2027


@pytest.mark.parametrize(
    ("country", "age"), [("EE", 13), ("ES", 14), ("IT", 14), ("NL", 16), ("DE", 16)]
)
def test_the_consent_age_is_that_of_the_country(country: str, age: int, tmp_path: Path) -> None:
    there = school(tmp_path, 'country = "EE"', f'country = "{country}"')

    assert there.ages.consent == age
    assert consent_age(country) == age


def test_a_school_may_set_its_own_ages(tmp_path: Path) -> None:
    strict = school(tmp_path, "[name]", "[ages]\nconsent = 16\ntelegram = 16\n\n[name]")

    assert (strict.ages.consent, strict.ages.telegram) == (16, 16)


def test_two_meet_without_approval_unless_the_school_wants_to_see_every_pair(
    tmp_path: Path,
) -> None:
    careful = school(tmp_path, "[name]", "[mentoring]\napprove_pairs = true\n\n[name]")

    assert careful.mentoring == MentoringRules(approve_pairs=True)
    assert school(tmp_path).mentoring == MentoringRules(approve_pairs=False)


def test_every_journey_has_an_owner(tmp_path: Path) -> None:
    owners = '{ owner = "maite", deputy = "kersti" }\nevents = { owner = "anna" }'

    owned = school(tmp_path, '{ owner = "maite" }', owners).owners

    assert owned.of("mentoring") == Owner(StaffKey("maite"), StaffKey("kersti"))
    assert owned.of("events") == Owner(StaffKey("anna"))
    assert owned.keys == ("anna", "kersti", "maite")


def test_quiet_hours_reach_over_midnight() -> None:
    night = QuietHours(time(21), time(8))

    quiet = [hour for hour in range(24) if night.cover(time(hour))]

    assert quiet == [0, 1, 2, 3, 4, 5, 6, 7, 21, 22, 23]


def test_quiet_hours_may_lie_within_a_day() -> None:
    siesta = QuietHours(time(14), time(16))

    quiet = [hour for hour in range(24) if siesta.cover(time(hour))]

    assert quiet == [14, 15]


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("fi", "et"), ("", "et"), (None, "et")],
)
def test_people_are_spoken_to_in_the_nearest_language(
    wanted: str | None, spoken: str, tmp_path: Path
) -> None:
    small = school(tmp_path)

    assert small.language_for(wanted) == spoken


def test_names_are_those_of_the_readers_language(tmp_path: Path) -> None:
    small = school(tmp_path)

    assert small.name_in("en") == "North Shore VET School"
    assert small.name_in("fi") == "Põhjakalda Kutsekool"
    assert small.programme_in("welding", "en") == "Welding"


def test_a_programme_that_is_no_longer_named_is_called_by_its_code(tmp_path: Path) -> None:
    small = school(tmp_path)

    assert small.programme("weaving") is None
    assert small.programme_in("weaving", "en") == "weaving"


def test_a_class_is_found_however_its_letters_are_written(tmp_path: Path) -> None:
    small = school(tmp_path)

    assert small.class_called(" ke-24 ") == small.classes[0]
    assert small.class_called("KE-25") is None


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: slip.said.partition(";")[0])
def test_a_slip_is_told_by_its_place_and_what_would_be_right(slip: Slip, tmp_path: Path) -> None:
    told = faults(tmp_path, slip.old, slip.new)

    assert told[0] == f", {slip.said}"


def test_a_misspelt_line_is_recognised(tmp_path: Path) -> None:
    told = faults(tmp_path, "default_language", "default_langage")

    assert told[1] == ': "default_langage" is not known; did you mean "default_language"?'


def test_a_language_without_texts_is_not_offered(tmp_path: Path) -> None:
    told = faults(tmp_path, '"et", "en"]', '"et", "en", "fi"]')

    assert told[0] == ', languages: there are no texts in "fi"; known are en, es, et, it.'


@pytest.mark.parametrize(
    ("country", "zone", "said"),
    [
        ("EE", "Tallinn", 'did you mean "Europe/Tallinn"?'),
        ("EE", "talin", 'did you mean "Europe/Tallinn"?'),
        ("EE", "Helsinki", 'did you mean "Europe/Helsinki"?'),
        ("EE", "New York", 'did you mean "America/New_York"?'),
        ("EE", "UTC+2", 'did you mean "Europe/Tallinn"?'),
        ("EE", "Eesti", 'did you mean "Europe/Tallinn"?'),
        ("ES", "Spain", "in ES there are Africa/Ceuta, Atlantic/Canary, Europe/Madrid."),
        ("AQ", "Ice", "in AQ there are "),
        ("XX", "Ice", 'it is as "Europe/Tallinn".'),
    ],
)
def test_a_time_zone_is_guessed_from_its_city_or_its_country(
    country: str, zone: str, said: str, tmp_path: Path
) -> None:
    written = f'country = "{country}"\nzone = "{zone}"'

    told = faults(tmp_path, 'country = "EE"\nzone = "Europe/Tallinn"', written)

    assert told[-1].startswith(f', zone: there is no time zone "{zone}"; {said}')


def test_a_language_that_comes_is_told_in_one_sentence(tmp_path: Path) -> None:
    told = faults(tmp_path, '["et", "en"]', '["et", "en", "es"]')

    assert len(told) == 1
    assert told[0] == (
        ', languages: 3 names are missing in "es";'
        ' add es = "..." to those of the school, welding and cooking.'
    )


def test_a_language_that_goes_is_told_in_one_sentence(tmp_path: Path) -> None:
    told = faults(tmp_path, '["et", "en"]', '["et"]')

    assert len(told) == 1
    assert told[0] == (
        ', languages: 3 names are in "en", which is not among them;'
        ' add "en", or take out those of the school, welding and cooking.'
    )


def test_no_names_are_asked_for_in_a_language_without_texts(tmp_path: Path) -> None:
    told = faults(tmp_path, '["et", "en"]', '["et", "en", "fi"]')

    assert told == (', languages: there are no texts in "fi"; known are en, es, et, it.',)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    broken = SMALL.replace("Europe/Tallinn", "Tallinn").replace(
        'default_language = "et"', 'default_language = "es"'
    )
    path = tmp_path / "school.toml"
    path.write_text(broken, encoding="utf-8")

    with pytest.raises(Misconfigured) as caught:
        read(path)

    assert len(caught.value.sentences) == 2


def test_a_file_that_a_spreadsheet_editor_saved_is_read(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    path.write_text(SMALL.replace("\n", "\r\n"), encoding="utf-8-sig")

    assert read(path).key == "north-shore"


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    path.write_bytes("name = 'Põhjakalda'".encode("latin-1"))

    with pytest.raises(Misconfigured) as caught:
        read(path)

    said = "is not text in UTF-8; save it in that encoding."
    assert caught.value.sentences == (f"{path}: {said}",)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as caught:
        read(tmp_path / "school.toml")

    assert caught.value.sentences == (f"{tmp_path / 'school.toml'}: there is no such file.",)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as caught:
        read(tmp_path)

    assert caught.value.sentences == (f"{tmp_path}: cannot be read (Is a directory).",)


def test_the_demo_school_speaks_every_language_that_has_texts() -> None:
    path = Path(demo.__path__[0]) / "school.toml"

    shores = load_school(path)

    assert shores.name_in("et") == "Kolme Kalda Kutsekool"
    assert shores.languages == ("et", "en", "es", "it")


def test_an_owner_is_asked_for_journeys_that_are_installed(tmp_path: Path) -> None:
    shores = (Path(demo.__path__[0]) / "school.toml").read_text(encoding="utf-8")
    path = tmp_path / "school.toml"
    owned = '[owners]\nguest_talks = { owner = "anna", deputy = "maite" }\n'
    path.write_text(shores.replace("[owners]\n", owned), encoding="utf-8")

    with pytest.raises(Misconfigured) as caught:
        read_school(path, languages={"en", "es", "et", "it"}, journeys=())

    assert 'there is no journey "guest_talks"' in caught.value.sentences[0]
    assert "signup" in installed_journeys()


def test_the_readmes_line_about_pairs_is_one_of_the_schools_file(tmp_path: Path) -> None:
    (example,) = re.findall(
        r"```toml\n(\[mentoring\].*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    )

    assert school(tmp_path, "[name]", f"{example}\n[name]").mentoring.approve_pairs
