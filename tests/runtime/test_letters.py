from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings, strategies as st

from bot.conversation.effects import Appointment
from bot.conversation.messages import (
    FirstSentence,
    InLanguage,
    Message,
    Param,
    Picture,
    Place,
    Term,
    TermKind,
    Who,
    msg,
    msgs,
    with_picture,
)
from bot.domain.people import PersonId
from bot.runtime.letters import (
    Button,
    CalendarEntry,
    File,
    Letter,
    LetterKind,
    LetterLook,
    Pages,
    QrCode,
    Section,
)
from bot.runtime.letters_kept import read, written

LIIS, MARI, ANA, REIN = (PersonId(number) for number in range(1, 5))
FIRST, LAST = datetime(1970, 1, 2), datetime(2100, 1, 1)  # noqa: DTZ001  # st adds the zone

texts = st.text(max_size=20)
some_texts = st.text(min_size=1, max_size=20)
people = st.builds(Who, st.integers(1, 2**40).map(PersonId))
terms = st.builds(Term, st.sampled_from(TermKind), texts)
plain: st.SearchStrategy[Param] = st.one_of(
    texts,
    st.integers(),
    st.none(),
    st.dates(),
    st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    people,
    terms,
    st.builds(Place, texts),
    st.builds(Picture, st.integers(1)),
)


def around(inner: st.SearchStrategy[Message]) -> st.SearchStrategy[Message]:
    nested: st.SearchStrategy[Param] = st.one_of(
        plain,
        inner,
        st.builds(FirstSentence, inner),
        st.builds(InLanguage, texts, inner),
        st.lists(inner | terms, max_size=3).map(tuple),
    )
    return messages_of(nested)


def messages_of(values: st.SearchStrategy[Param]) -> st.SearchStrategy[Message]:
    params = st.dictionaries(some_texts, values, max_size=3)
    return st.builds(Message, texts, params, st.none() | some_texts)


messages = st.recursive(messages_of(plain), around, max_leaves=6)
buttons = st.builds(Button, messages, texts, st.none() | messages, st.none() | st.booleans())
pages = st.builds(
    Pages,
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(1, 99),
    st.none() | texts,
    st.none() | texts,
)
appointments = st.builds(
    Appointment,
    messages,
    st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    st.timedeltas(timedelta(0), timedelta(days=7)),
    texts,
    st.integers(0, 99),
    st.booleans(),
    st.none() | some_texts,
)
entries = st.builds(CalendarEntry, texts, appointments)
sections = st.builds(Section, st.none() | messages, st.lists(messages, max_size=2).map(tuple))
settled = st.tuples(some_texts, st.lists(texts, max_size=3).map(tuple)) | st.just((None, ()))


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    """Draw any letter, but for when it is sent: that is not among what is written."""
    settles, chosen = draw(settled)
    return Letter(
        draw(st.integers(1).map(PersonId)),
        draw(st.sampled_from(LetterKind)),
        draw(st.lists(messages, max_size=3).map(tuple)),
        draw(st.sampled_from(LetterLook)),
        draw(st.none() | messages),
        draw(st.lists(sections, max_size=3).map(tuple)),
        draw(st.none() | messages),
        draw(st.lists(buttons, max_size=3).map(tuple)),
        draw(st.none() | buttons),
        draw(st.none() | pages),
        draw(st.none() | texts),
        draw(st.booleans()),
        settles,
        chosen,
        draw(st.lists(some_texts, max_size=3).map(tuple)),
        draw(
            st.none()
            | st.builds(File, texts, texts, texts)
            | st.builds(QrCode, texts, texts)
            | entries
        ),
        takes_picture=draw(st.booleans()),
    )


@settings(max_examples=200)
@given(letters())
def test_every_letter_is_read_as_it_was_written(letter: Letter) -> None:
    stored = written(letter)

    again = read(letter.to, letter.kind.value, stored, key=letter.key, is_edit=letter.is_edit)

    assert again == letter


def test_a_letter_is_stored_as_little_as_possible() -> None:
    assert written(Letter(LIIS, LetterKind.REPLY, (msg("Hello."),))) == (
        '{"parts":[["Hello."]],"look":"words"}'
    )


def test_when_a_letter_may_go_is_not_among_what_is_written() -> None:
    now = Letter(LIIS, LetterKind.NEWS, (msg("Hello."),))

    assert written(replace(now, not_before=datetime(2026, 5, 4, tzinfo=UTC))) == written(now)


def test_a_letter_leads_to_each_place_that_its_text_names_once() -> None:
    here, there = Place("Viru 3, Tartu"), Place("Kopli 12, Tallinn")
    body = msg("Where: {place}", place=here)
    parts = (body, msg("{read}", read=InLanguage("et", msg("{a} {b}", a=there, b=here))))

    assert Letter(LIIS, LetterKind.NEWS, parts).places() == (here, there)


def test_a_letter_shows_the_picture_that_its_text_brings_with_it() -> None:
    shown = with_picture(msg("{text}", text="Come."), 7)
    parts = (msg("Hello."), msg("{read}", read=InLanguage("et", msg("{a}", a=shown))))

    assert Letter(LIIS, LetterKind.NEWS, parts).picture() == 7
    assert Letter(LIIS, LetterKind.NEWS, parts[:1]).picture() is None
    assert with_picture(shown, None) == shown


def test_a_letter_needs_the_names_of_all_it_speaks_of() -> None:
    letter = Letter(
        LIIS,
        LetterKind.NEWS,
        (
            msgs("{who}", "{who} and {n} more", 2, who=msg("{whom}", whom=Who(MARI))),
            msg("Hello."),
        ),
        title=msg(
            "{one}",
            one=FirstSentence(msg("{who}", who=InLanguage("et", msg("{who}", who=Who(REIN))))),
        ),
        buttons=(
            Button(
                msg("{list}", list=(msg("{who}", who=Who(ANA)), Term(TermKind.CLASS, "k24"))), "x"
            ),
        ),
    )

    assert letter.people() == {MARI, REIN, ANA}
    assert replace(letter, end=Button(msg("{who}", who=Who(LIIS)), "y")).people() == {
        *(LIIS, MARI, REIN, ANA)
    }
