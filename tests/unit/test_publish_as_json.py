"""The answer as data: stable keys, exact numbers, five spellings that stay five."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from rambu.expressions.span import NOTHING, UNKNOWN, Span, exactly
from rambu.publish.as_json import as_json, span
from rambu.publish.wording import Wording
from rambu.register import Register
from rambu.units import DATE, PLAIN
from tests.unit.test_publish_answer import CAR, MAKER, assessed, without


def made(exa: Register, data: dict[str, Any], as_of: date = date(2026, 3, 1)) -> dict[str, Any]:
    return as_json(assessed(exa, data, as_of), Wording(exa), "9.9", why=True)


def found(answer: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in answer["findings"] if one["provision"].endswith(f".{name}"))


def test_the_keys_are_these(exa: Register) -> None:
    answer = made(exa, {"vehicle": CAR})
    assert list(answer) == [
        "profile", "as_of", "known_on", "versions", "jurisdictions", "nothing_stated_in", "without_place", "counts",
        "findings", "assumed", "questions", "notice",
    ]  # fmt: skip
    assert list(answer["findings"][0]) == [
        "provision", "jurisdiction", "subject", "subject_kind", "kind", "force", "confidence", "title", "summary",
        "topics", "authority", "penalty_for", "verdict", "phase", "counts_today", "sort", "from", "until",
        "values_read_on", "applies_unless", "displaced", "values", "periods", "missing", "announced_since", "why",
    ]  # fmt: skip


def test_both_versions_are_named(exa: Register) -> None:
    assert made(exa, {"vehicle": CAR})["versions"] == {"rambu": "9.9", "register": "0.0.1"}


def test_it_can_be_written_and_read_back(exa: Register) -> None:
    data = {"vehicle": without(CAR, "price"), "company": MAKER}
    assert json.loads(json.dumps(made(exa, data))) == made(exa, data)


@pytest.mark.parametrize(
    ("given", "measure", "told"),
    [
        (exactly(0), PLAIN, 0),
        (exactly(1_500), PLAIN, 1_500),
        (exactly(Fraction(4167, 100)), PLAIN, "41.67"),
        (Span(True, 9, 15), PLAIN, {"low": 9, "high": 15}),
        (Span(True, 9, None), PLAIN, {"low": 9, "high": None}),
        (NOTHING, PLAIN, "none"),
        (UNKNOWN, PLAIN, ".."),
        (Span(None, 5, 5), PLAIN, {"value": 5, "none": "possible"}),
        (Span(True, None, None, ("a",)), PLAIN, "a"),
        (Span(True, None, None, ("a", "b")), PLAIN, {"any_of": ["a", "b"]}),
        (exactly(date(2026, 3, 31).toordinal()), DATE, "2026-03-31"),
    ],
)
def test_numbers_days_and_ranges(given: Span, measure: Any, told: Any) -> None:
    assert span(given, measure) == told


def test_a_number_without_a_last_decimal_is_enclosed() -> None:
    told = span(exactly(Fraction(100, 3)), PLAIN)
    assert Fraction(told["low"]) < Fraction(100, 3) < Fraction(told["high"])


def test_five_spellings_stay_five(exa: Register) -> None:
    """0, none, ended, not seen, unknown: a free car, no subsidy, an old rule, a rate not seen, a missing fact."""
    zero = found(made(exa, {"vehicle": {**CAR, "customs_value": "0 EXD"}}), "sales_tax")["values"]["amount"]["value"]
    none = found(made(exa, {"vehicle": without(CAR, "price")}), "fleet_target")["values"]["target_low"]["value"]
    ended = found(made(exa, {"vehicle": CAR}, date(2027, 6, 1)), "subsidy")["phase"]
    unseen = found(made(exa, {"vehicle": {**CAR, "motor_power": 101}}), "annual_tax")["values"]["amount"]["value"]
    unknown = found(made(exa, {"vehicle": without(CAR, "customs_value")}), "sales_tax")["values"]["amount"]["value"]
    assert [zero, none, ended, unseen, unknown] == [0, "none", "ended", "..", "unknown"]


def test_a_value_carries_unit_source_and_locator(exa: Register) -> None:
    value = found(made(exa, {"vehicle": CAR}), "subsidy")["values"]["amount"]
    assert (value["value"], value["unit"], value["sense"], value["since"]) == (1_500, "EXD", "up_to", "2026-01-01")
    assert value["source"] == {
        "title": "Clean Transport Act", "publisher": "Parliament", "kind": "official", "url": "https://example.org/act",
        "lang": "en", "accessed": "2026-11-23", "locator": "s. 4",
    }  # fmt: skip


def test_reasons_are_a_tree(exa: Register) -> None:
    why = found(made(exa, {"vehicle": without(CAR, "price")}), "subsidy")["why"]
    assert why["result"] == "unknown"
    leaves = [why]
    names = set()
    while leaves:
        leaf = leaves.pop()
        leaves += leaf.get("parts", [])
        names |= {entry["name"]: entry["value"] for entry in leaf.get("left", [])}.keys()
    assert {"place", "powertrain", "price"} <= names


def test_years_are_a_table(exa: Register) -> None:
    values = found(made(exa, {"vehicle": CAR}), "fleet_target")["values"]
    assert values["target_high"]["by_year"] == {"2030": 20, "2035": 60}
