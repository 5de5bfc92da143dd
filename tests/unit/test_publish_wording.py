"""Numbers, days, units and ranges in words, in English and Korean."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from rambu.expressions.span import NOTHING, UNKNOWN, Span, exactly
from rambu.locale import catalogue
from rambu.publish.wording import Wording
from rambu.register import Register
from rambu.units import DATE, PLAIN

NEW_YEAR = date(2025, 1, 1).toordinal()


@pytest.fixture
def en(exa: Register) -> Wording:
    return Wording(exa)


@pytest.fixture
def ko(exa: Register) -> Wording:
    return Wording(exa, "ko", catalogue("ko"))


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (1_234_567, "1,234,567"), (-4_000, "-4,000"), (Fraction(4167, 100), "41.67"), (Fraction(-1, 2), "-0.5"),
     (Fraction(100, 3), "≈ 33.33"), (Fraction(1_000_001, 10), "100,000.1")],
)  # fmt: skip
def test_numbers_have_separated_thousands_and_all_their_decimals(number: int | Fraction, text: str) -> None:
    assert Wording.number(number) == text


@pytest.mark.parametrize(
    ("span", "unit", "sense", "english", "korean"),
    [
        (exactly(15), "percent", None, "15 %", "15 %"),
        (exactly(15), "percent", "up_to", "up to 15 %", "최대 15 %"),
        (exactly(3), "count", "at_least", "at least 3", "3 이상"),
        (Span(True, 9, 15), "count", None, "at least 9, at most 15", "9 이상 15 이하"),
        (Span(True, 9, None), "kWh", None, "at least 9 kWh", "9 kWh 이상"),
        (Span(True, None, 15), "kWh", None, "at most 15 kWh", "15 kWh 이하"),
        (exactly(0), "EXD", None, "0 EXD", "0 EXD"),
        (NOTHING, "EXD", None, "none", "없음"),
        (UNKNOWN, "EXD", None, "a figure that was not seen", "확인되지 않은 수치"),
        (Span(None, 5, 5), "EXD", None, "none, or 5 EXD", "없음 또는 5 EXD"),
        (exactly(25), "EXD/kWh", None, "25 EXD/kWh", "25 EXD/kWh"),
        (exactly(6), "months", None, "6 months", "6개월"),
        (exactly(date(2027, 3, 31).toordinal()), "date", None, "31 Mar 2027", "2027년 3월 31일"),
        (Span(True, NEW_YEAR, date(2025, 12, 31).toordinal()), "date", None, "some day in 2025", "2025년 중"),
        (Span(True, NEW_YEAR, None), "date", None, "1 Jan 2025 or later", "2025년 1월 1일 이후"),
    ],
)  # fmt: skip
def test_what_a_value_may_be_in_words(
    en: Wording, ko: Wording, span: Span, unit: str, sense: str | None, english: str, korean: str
) -> None:
    assert en.span(span, unit, sense) == english
    assert ko.span(span, unit, sense) == korean


def test_four_of_the_five_spellings_read_differently_and_ended_is_a_phase(en: Wording) -> None:
    unknown = en.span(UNKNOWN, "EXD", open_word=en.say("unknown: facts are missing"))
    texts = {en.span(exactly(0), "EXD"), en.span(NOTHING, "EXD"), en.span(UNKNOWN, "EXD"), unknown}
    assert len(texts) == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [("2025", "2025"), ("2025-07-01", "1 Jul 2025"), ("2025-07-01..2025-07-02", "between 1 Jul 2025 and 2 Jul 2025")],
)
def test_days_as_files_write_them(en: Wording, text: str, words: str) -> None:
    assert en.written_day(text) == words


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        ("employees", "Employees"),
        ("revenue_group", "Revenue, whole group"),
        ("exa/clean-transport-act.recognised_maker", "Maker that signed the production agreement"),
        ("no_such_fact", "no_such_fact"),
    ],
)
def test_facts_are_called_by_their_labels(en: Wording, fact: str, label: str) -> None:
    assert en.fact(fact) == label


def test_a_range_of_the_law_is_named_after_its_measure(en: Wording) -> None:
    assert en.measure("target_low") == "Target, lower end"


def test_units_are_found_by_what_they_measure(exa: Register, en: Wording) -> None:
    assert en.unit_of(exa.units.measure("kWh")) == "kWh"
    assert en.unit_of(exa.units.measure("EXD")) == "EXD"
    assert (en.unit_of(DATE), en.unit_of(PLAIN)) == ("date", "count")


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("2025 by act", "2025 by Parliament"),
        ("By act and daily_2024, later by act", "By Parliament and The Daily, later by Parliament"),
        ("daily_2024: 3 %; the act asks for more", "The Daily: 3 %; the act asks for more"),
        ("12 kWh (daily_2024)", "12 kWh (The Daily)"),
        ("by actors of the trade", "by actors of the trade"),
        ("", ""),
        (None, ""),
    ],
)
def test_notes_name_the_publisher_and_no_key_of_the_file(note: str | None, text: str, exa: Register) -> None:
    file = "exa/clean-transport-act"
    instrument = exa.instruments[file]
    daily = instrument.sources["act"].model_copy(update={"publisher": "The Daily"})
    known = instrument.model_copy(update={"sources": {**instrument.sources, "daily_2024": daily}})
    register = replace(exa, instruments={**exa.instruments, file: known})
    assert Wording(register).note(note, file) == text


def test_a_first_day_that_nobody_tells_is_no_day(en: Wording, ko: Wording) -> None:
    assert en.written_day("1900-01-01..2013-02-26") == "26 Feb 2013 or earlier"
    assert en.written_day("1900") == "an earlier day"
    assert en.written_day("..2013-02-26") == "26 Feb 2013 or earlier"
    assert en.written_day("2013-02-26..") == "26 Feb 2013 or later"
    assert en.day(date(1900, 1, 1)) == "an earlier day"
    assert ko.day(date(1900, 1, 1)) == "그 이전의 어느 날"
    low, high = date(1900, 1, 1).toordinal(), date(2013, 2, 26).toordinal()
    assert en.span(Span(True, low, high), "date") == "26 Feb 2013 or earlier"
