"""Worked cases: what counts as the same, and what is said where an answer differs."""

from datetime import date
from fractions import Fraction

import pytest

from rambu.cases import Mismatch, run_cases, same, spelt
from rambu.expressions.span import NOTHING, UNKNOWN, Span, exactly
from rambu.model.case import CaseFile
from rambu.register import Register
from rambu.rules import Rules
from rambu.units import DATE, PLAIN, TEXT, Measure

DAY = date(2026, 3, 31).toordinal()


@pytest.mark.parametrize(
    ("leaf", "span", "measure"),
    [
        (5, exactly(5), PLAIN), ("41.67", exactly(Fraction(4167, 100)), PLAIN), ("9..15", Span(True, 9, 15), PLAIN),
        ("9..", Span(True, 9, None), PLAIN), ("none", NOTHING, PLAIN), ("..", UNKNOWN, PLAIN),
        ("unknown", UNKNOWN, PLAIN),
        ("2026-03-31", exactly(DAY), DATE), ("bronze", Span(True, None, None, ("bronze",)), TEXT),
        ("33.3..33.4", exactly(Fraction(100, 3)), PLAIN), ("1_000", exactly(1000), PLAIN),
    ],
)  # fmt: skip
def test_the_same(leaf: int | str, span: Span, measure: Measure) -> None:
    assert same(leaf, span, measure)


@pytest.mark.parametrize(
    ("leaf", "span"),
    [(5, exactly(6)), (0, NOTHING), ("none", exactly(0)), ("none", UNKNOWN), ("9..15", exactly(10)),
     (5, Span(None, 5, 5)), ("unknown", exactly(5)), ("..", NOTHING)],
)  # fmt: skip
def test_not_the_same(leaf: int | str, span: Span) -> None:
    assert not same(leaf, span, PLAIN)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (exactly(5), "5"),
        (Span(True, 9, 15), "9..15"),
        (UNKNOWN, ".."),
        (NOTHING, "none"),
        (Span(None, 5, 5), "none or 5..5"),
    ],
)
def test_an_answer_is_spelt_as_a_case_would_write_it(span: Span, text: str) -> None:
    assert spelt(span, PLAIN) == text


def run(exa: Register, profile: dict[str, object], expect: dict[str, object], **more: object) -> tuple[Mismatch, ...]:
    case = {"name": "one", "source": "act", "profile": profile, "as_of": "2026-03-01", "expect": expect, **more}
    file = CaseFile.model_validate({"instrument": "exa/clean-transport-act", "checked_by": "me", "cases": [case]})
    return next(run_cases(Rules(exa), file)).mismatches


CAR = {"place": "exa_mainland", "powertrain": "bev", "battery_energy": 12, "price": "1 EXD",
       "maker": {"place": "exa_mainland", "recognised_maker": True},
       "buyer": {"party_kind": "individual"}}  # fmt: skip


def test_every_case_of_the_template_holds(exa: Register) -> None:
    assert [one.mismatches for file in exa.cases for one in run_cases(Rules(exa), file)] == [()] * 4


def test_each_point_that_differs_is_named_with_both(exa: Register) -> None:
    expect = {
        "subsidy": {"verdict": "does_not_apply", "phase": "coming", "values": {"amount": 2000}, "start": "2025-01-01"}
    }
    found = [(one.what, one.expected, one.found) for one in run(exa, {"vehicle": CAR}, expect)]
    assert found == [
        ("verdict", "does_not_apply", "applies"), ("phase", "coming", "in_force"),
        ("start", "2025-01-01", "2024-01-01"), ("values.amount", "2000", "1500"),
    ]  # fmt: skip


def test_a_missing_fact_must_be_named(exa: Register) -> None:
    expect = {"subsidy": {"verdict": "unknown", "missing": ["price", "battery_energy"]}}
    car = {key: value for key, value in CAR.items() if key != "price"}
    assert [one.found for one in run(exa, {"vehicle": car}, expect)] == ["price"]


def test_a_provision_about_somebody_in_a_role_finds_him(exa: Register) -> None:
    assert run(exa, {"vehicle": CAR}, {"recognised_maker": {"verdict": "applies"}}) == ()


def test_a_profile_with_errors_is_a_mismatch_and_no_crash(exa: Register) -> None:
    (found,) = run(exa, {"vehicle": {"nonsense": 1}}, {"subsidy": {"verdict": "applies"}})
    assert (found.what, "nonsense" in found.found) == ("input", True)


def test_a_subject_that_is_not_in_the_profile_is_a_mismatch(exa: Register) -> None:
    (found,) = run(exa, {"company": {"place": "EXA"}}, {"subsidy": {"verdict": "applies"}})
    assert (found.what, found.expected) == ("subject", "vehicle")


def test_what_was_known_may_differ_from_the_day_asked_about(exa: Register) -> None:
    ended = {"subsidy": {"phase": "ended"}}
    assert run(exa, {"vehicle": CAR}, ended, known_on="2025-09-09") == ()
    assert run(exa, {"vehicle": CAR}, ended, known_on="2025-09-10") != ()
