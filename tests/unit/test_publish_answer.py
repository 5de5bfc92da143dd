"""The printed answer: every part, in its order, with a source behind every figure."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from rambu.assess import Assessment, assess
from rambu.locale import catalogue
from rambu.profile import ProfileReader
from rambu.publish.answer import page
from rambu.publish.markdown import markdown
from rambu.publish.page import Page
from rambu.publish.sorting import sort_of, tally
from rambu.publish.table import table
from rambu.publish.wording import Wording
from rambu.register import Register
from rambu.rules import Rules

AS_OF = date(2026, 3, 1)
CAR: dict[str, Any] = {
    "place": "exa_mainland", "powertrain": "bev", "battery_energy": 39, "price": "30_000 EXD", "vehicle_class": "car",
    "motor_power": 80, "customs_value": "20_000 EXD", "buyer": {"party_kind": "individual"},
    "maker": {"results": {"exa/clean-transport-act.recognised_maker": True}},
}  # fmt: skip
MAKER: dict[str, Any] = {
    "place": "exa_mainland", "listing": ["exa_exchange"], "employees": 300, "revenue": "50_000_000 EXD",
    "market_cap": {"2024-12-31": "41_000_000 EXD"},
}  # fmt: skip


def assessed(exa: Register, data: dict[str, Any], as_of: date = AS_OF, known_on: date | None = None) -> Assessment:
    return assess(Rules(exa), ProfileReader(exa).read(data), as_of, known_on or as_of, ["EXA"])


def page_of(exa: Register, data: dict[str, Any], language: str = "en", **more: Any) -> Page:
    days = {key: more.pop(key) for key in ("as_of", "known_on") if key in more}
    return page(assessed(exa, data, **days), Wording(exa, language, catalogue(language)), "9.9", **more)


def text_of(exa: Register, data: dict[str, Any], **more: Any) -> str:
    return table(page_of(exa, data, **more), 120, colour=False)


def without(data: dict[str, Any], *facts: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in facts}


def test_the_headline_counts_and_the_stamp_names_days_and_versions(exa: Register) -> None:
    made = page_of(exa, {"profile": "Test", "vehicle": CAR})
    assert made.headline.startswith("Test, on 1 Mar 2026: 0 duties apply; 3 charges; 1 incentive; ")
    assert made.stamp == ("As of 1 Mar 2026", "known on 1 Mar 2026", "rambu 9.9", "register 0.0.1")


def test_every_finding_stands_in_exactly_one_part(exa: Register) -> None:
    found = assessed(exa, {"vehicle": CAR, "company": MAKER}).findings
    assert sum(tally(found).values()) == len(found)


def test_a_duty_is_printed_with_its_day_its_penalty_and_its_sources(exa: Register) -> None:
    text = text_of(exa, {"company": MAKER})
    assert "■ Yearly report [1]" in text
    assert re.search(r"Due: 30 Apr 2027 \[1\]", text)
    assert "! Fine for no report: Fine at most 5,000 EXD [2]" in text
    assert "[1] Clean Transport Act · Parliament · Official text · s. 14" in text


def test_money_is_printed_with_its_amount(exa: Register) -> None:
    text = text_of(exa, {"vehicle": CAR})
    assert re.search(r"Purchase subsidy \[\d\]\n    vehicle · incentive · from 1 Jan 2024 · until 31 Dec 2026", text)
    assert re.search(r"Amount: up to 1,500 EXD \[\d\] \(since 1 Jan 2026\)", text)
    assert "Amount: 50 EXD/year" in text


def test_every_figure_cites_a_source_that_is_listed(exa: Register) -> None:
    made = page_of(exa, {"vehicle": CAR, "company": MAKER})
    figures = [
        figure.text
        for country in made.countries
        for section in country.sections
        for entry in section.entries
        for figure in (*entry.figures, *entry.if_missed)
    ]
    cited = {int(number) for text in figures for number in re.findall(r"\[(\d+)\]", text)}
    assert all(re.search(r"\[\d+\]", text) for text in figures)
    assert cited <= {reference.number for reference in made.sources}


def test_what_is_open_says_which_fact_it_waits_for(exa: Register) -> None:
    text = text_of(exa, {"vehicle": without(CAR, "price")})
    assert "Cannot tell: facts are missing (1)\n  needs: Price\n    ? Purchase subsidy" in text


def test_what_only_an_exception_could_turn_is_kept_apart(exa: Register) -> None:
    text = text_of(exa, {"vehicle": without(CAR, "buyer")})
    assert "Applies, unless … (1)\n  needs: Kind of party" in text
    assert "1 applies unless an exception holds" in text


def test_values_are_shown_also_when_the_verdict_is_open(exa: Register) -> None:
    assert "Amount up to 1,500 EXD" in text_of(exa, {"vehicle": without(CAR, "price")})


def test_what_is_coming_says_from_when(exa: Register) -> None:
    bus = {"place": "exa_mainland", "vehicle_class": "bus", "motor_power": 40}
    text = text_of(exa, {"vehicle": bus}, as_of=date(2025, 12, 31))
    assert "Coming and announced (1)" in text
    assert "from 1 Jan 2026" in text


def test_targets_of_the_country_are_tables_by_year(exa: Register) -> None:
    assert "Target 2030: 20 %; 2035: 45 % to 60 %" in text_of(exa, {"company": MAKER})


def test_what_does_not_apply_is_folded_into_its_titles_but_never_missing(exa: Register) -> None:
    data = {"vehicle": {**CAR, "price": "60_000 EXD"}}
    assert "Does not apply (1)\n  Purchase subsidy\n" in text_of(exa, data)
    assert "✕ Price: 60,000 EXD — asked for: at most 45,000 EXD" in text_of(exa, data, everything=True, why=True)


def test_what_has_ended_is_left_to_all(exa: Register) -> None:
    later = date(2027, 6, 1)
    assert "Ended or never started\n  1 rule; see --all" in text_of(exa, {"vehicle": CAR}, as_of=later)
    assert "ended · vehicle · incentive" in text_of(exa, {"vehicle": CAR}, as_of=later, everything=True)


def test_reasons_name_what_was_given_what_was_asked_and_where_it_stands(exa: Register) -> None:
    text = text_of(exa, {"company": MAKER}, why=True)
    assert "✓ Listing: Exa Exchange — asked for: Exa Exchange" in text
    assert "✓ Employees: 300 — asked for: at least 250 (staff) [1]" in text
    assert "? Total assets: not given" in text
    assert "✓ enough of these:" in text


def test_what_was_filled_in_is_said(exa: Register) -> None:
    text = text_of(exa, {"company": MAKER})
    assert "Assumed, because the profile does not say" in text
    assert "End of the financial year: 12-31 (company)" in text


def test_an_answer_about_the_past_says_what_was_announced_since(exa: Register) -> None:
    text = text_of(exa, {"vehicle": CAR}, as_of=date(2025, 6, 1))
    assert "Announced after 1 Jun 2025\n  Exa: Purchase subsidy: 10 Sep 2025" in text


def test_a_country_without_anything_of_yours_says_so(exa: Register) -> None:
    assert "Nothing of yours is stated to be there" in text_of(exa, {"company": {"employees": 3}})


def test_the_next_question_says_what_it_settles(exa: Register) -> None:
    text = text_of(exa, {"vehicle": without(CAR, "price")})
    assert "What is the retail price? (vehicle; settles 1 of 1)" in text


def test_the_last_line_is_that_this_is_no_legal_advice(exa: Register) -> None:
    assert text_of(exa, {"company": MAKER}).endswith("This is information with its sources, not legal advice.\n")


def test_the_same_rule_for_two_subjects_is_printed_once(exa: Register) -> None:
    other = {**CAR, "battery_energy": 38}
    text = text_of(exa, {"vehicles": {"one": CAR, "two": other}})
    assert text.count("Purchase subsidy [") == 1
    assert "one, two · incentive" in text


def test_duties_come_by_day(exa: Register) -> None:
    found = [one for one in assessed(exa, {"company": MAKER}).findings if sort_of(one) == "to_do"]
    assert [one.address.name for one in found] == ["reporting"]


def test_no_row_is_wider_than_asked_but_for_long_words(exa: Register) -> None:
    made = page_of(exa, {"vehicle": CAR, "company": MAKER}, why=True)
    rows = table(made, 60, colour=False).splitlines()
    assert all(len(row) <= 60 or "http" in row for row in rows)


def test_colour_only_where_it_is_asked_for(exa: Register) -> None:
    made = page_of(exa, {"company": MAKER})
    assert "\x1b[" not in table(made, 80, colour=False)
    assert "\x1b[1m" in table(made, 80, colour=True)


def test_the_answer_in_korean_has_no_english_sentence_of_ours(exa: Register) -> None:
    made = page_of(exa, {"profile": "시험", "vehicle": without(CAR, "price")}, language="ko", why=True)
    text = table(made, 100, colour=False)
    assert "시험, 2026년 3월 1일 기준" in text
    for english in ("applies", "needs", "Cannot", "asked for", "Sources", "settles", "not given"):
        assert english not in text


def test_markdown_has_the_same_parts_and_nothing_is_taken_for_markup(exa: Register) -> None:
    data = {"profile": "a_b*c", "vehicle": CAR}
    made = markdown(page_of(exa, data, why=True))
    assert made.startswith("# a\\_b\\*c, on 1 Mar 2026")
    assert "### Money (4)" in made
    assert "- \\[1\\] [Clean Transport Act](<https://example.org/act>) · Parliament · Official text" in made
    assert "  - ✓ Powertrain: Battery electric — asked for: Battery electric" in made


@pytest.mark.parametrize("years", list(pairwise([2023, 2024, 2025, 2026, 2027, 2028, 2029])))
def test_an_answer_can_be_printed_for_every_year(exa: Register, years: tuple[int, int]) -> None:
    for year in years:
        assert text_of(exa, {"vehicle": CAR, "company": MAKER}, as_of=date(year, 1, 1), everything=True, why=True)
