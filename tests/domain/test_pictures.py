"""A picture is taken as it looks, without what a phone has written into it; all else is no picture."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.pictures import LARGEST, NoPicture, Picture, TooLarge, picture_of
from tests.pictures import JPEG, PNG, chunk, exif, jpeg, png, segment


@pytest.mark.parametrize("content", [png(), png(100, 2000)])
def test_a_png_file_is_taken_as_it_is(content: bytes) -> None:
    assert picture_of(content) == Picture("image/png", content)


def test_a_jpeg_file_is_taken_as_it_is() -> None:
    assert picture_of(jpeg()) == Picture("image/jpeg", jpeg())


def test_what_a_program_wrote_into_a_png_file_is_left_out() -> None:
    colours = chunk(b"gAMA", b"\0\0\xb1\x8f")
    written = (chunk(b"tEXt", b"Author\0Liis"), chunk(b"eXIf", b"MM"), chunk(b"tIME", b"1234567"))

    assert picture_of(png(4, 3, colours, *written)).content == png(4, 3, colours)
    assert picture_of(png() + b"behind the end").content == png()


@pytest.mark.parametrize("order", ["<", ">"])
def test_of_what_a_phone_wrote_into_a_jpeg_file_only_which_side_is_up_is_kept(order: str) -> None:
    colours = segment(0xE2, b"ICC_PROFILE\0\1\1...")
    written = (segment(0xFE, b"Tartu"), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0Tartu"))

    turned = picture_of(jpeg(4, 3, exif(6, order), colours, *written, segment(0xE2, b"MPF\0")))
    again = picture_of(turned.content)

    assert b"Tartu" not in turned.content
    assert colours in turned.content
    assert again == turned
    assert picture_of(jpeg(4, 3, exif(1, order))).content == jpeg()
    assert (
        picture_of(jpeg(4, 3, segment(0xE1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0"))).content == jpeg()
    )


def test_what_a_phone_puts_behind_the_end_or_between_scans_is_left_out() -> None:
    scan, tables = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\xd0\x34", segment(0xC4, b"\0")
    whole = jpeg()[:-2] + tables + scan + b"\xff\xd9"
    film = b"\0\0\0\x18ftypmp42 Tartu"

    behind = picture_of(whole + film)
    between = picture_of(jpeg()[:-2] + segment(0xFE, b"Tartu") + tables + scan + b"\xff\xd9")

    assert behind.content == whole
    assert between.content == whole


def test_a_segment_may_be_filled_up_before_it_begins() -> None:
    filled = jpeg().replace(b"\xff\xc0", b"\xff\xff\xff\xc0")

    assert picture_of(filled) == Picture("image/jpeg", jpeg())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"GIF89a" + bytes(20),
        PNG,
        PNG + chunk(b"IDAT", bytes(20)),
        png()[:-20],
        png(0, 5),
        JPEG,
        JPEG + segment(0xDA, b"a scan without a frame") + b"\xff\xd9",
        JPEG + b"no segment at all",
        jpeg()[:24],
        jpeg()[:-2],
        jpeg(4, 3, segment(0xE1, b"Exif\0\0MM\0\x2a\0\0\0\x63")),
    ],
)
def test_what_is_damaged_or_of_another_kind_is_no_picture(content: bytes) -> None:
    with pytest.raises(NoPicture):
        picture_of(content)


@pytest.mark.parametrize(
    "content", [jpeg(9000, 1001), png(4, 100), jpeg(4, 3, *[segment(0xFE, bytes(60_000))] * 90)]
)
def test_what_no_network_would_take_is_too_large(content: bytes) -> None:
    with pytest.raises(TooLarge):
        picture_of(content)


def test_the_limits_themselves_are_kept() -> None:
    padding = LARGEST - len(png(500, 9500)) - 12

    assert picture_of(png(500, 9500, chunk(b"tEXt", bytes(padding)))).mime == "image/png"
    with pytest.raises(TooLarge):
        picture_of(png(500, 9500, chunk(b"tEXt", bytes(padding + 1))))


@given(st.sampled_from((png(), jpeg(4, 3, exif(8)))), st.data())
def test_whatever_is_damaged_is_a_picture_or_none(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(2, len(whole) - 1))
    damaged = bytearray(whole)
    damaged[at] = data.draw(st.integers(0, 255))

    for content in (bytes(damaged), whole[:at]):
        try:
            assert picture_of(content).mime in {"image/png", "image/jpeg"}
        except (NoPicture, TooLarge):
            continue
