"""Laws that hold for every expression, tree and subject: Kleene's, monotony, agreement of the two algebras."""

from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rambu.engine import Assessing
from rambu.expressions import span as ranges
from rambu.expressions.column import Column
from rambu.expressions.columns import NotColumnsError
from rambu.expressions.parse import ExpressionError, parse
from rambu.expressions.span import Span, Truth
from rambu.expressions.subject import Subject
from rambu.model.instrument import Instrument
from rambu.register import Register
from rambu.rules import Rules
from rambu.screen import ProvisionColumns, cells, schema
from tests.generate import ADDRESS, AS_OF, conditions, numbers, refinements, register, subjects, trees

truths = st.sampled_from([True, False, None])
many = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def made(**provision: Any) -> Register:
    """A register whose one provision has these keys."""
    return register(provision)


def conditional(condition: str) -> Register:
    """A provision that applies under a condition; the figures stand in a sourced tree, as they must."""
    value = {"unit": "count", "rows": [{"when": condition, "is": 1}]}
    return made(values={"amount": value}, gives="amount")


def verdict(made_register: Register, subject: Subject) -> Truth:
    """The verdict of the one provision."""
    return Assessing(Rules(made_register), AS_OF, AS_OF).outcome(subject, ADDRESS).verdict


def amount(made_register: Register, subject: Subject) -> Span:
    """Its value `amount`."""
    assessing = Assessing(Rules(made_register), AS_OF, AS_OF)
    return assessing.own_value(assessing.reading(subject, ADDRESS), ADDRESS, "amount")


@given(truths, truths, truths)
def test_kleene_laws(a: Truth, b: Truth, c: Truth) -> None:
    both, either, no = ranges.every, ranges.some, ranges.negate
    assert both([a, b]) == both([b, a])
    assert either([a, both([b, c])]) == both([either([a, b]), either([a, c])])
    assert no(both([a, b])) == either([no(a), no(b)])
    assert no(no(a)) == a
    assert both([a, False]) is False
    assert either([a, True]) is True
    assert ranges.at_least(1, [a, b, c]) == either([a, b, c])
    assert ranges.at_least(3, [a, b, c]) == both([a, b, c])


@many
@given(conditions(2), subjects(), subjects())
def test_more_facts_never_turn_a_decided_verdict(condition: str, subject: Subject, other: Subject) -> None:
    made_register = conditional(condition)
    before, after = verdict(made_register, subject), verdict(made_register, refinements(subject, other))
    assert before is None or after is before


@many
@given(trees(2), subjects(), subjects())
def test_more_facts_only_narrow_a_value(tree: Any, subject: Subject, other: Subject) -> None:
    made_register = made(values={"amount": {"unit": "count", "is": tree}})
    before, after = amount(made_register, subject), amount(made_register, refinements(subject, other))
    assert before.exists is None or after.exists is before.exists
    if before.exists and after.exists:
        assert before.low is None or (after.low is not None and after.low >= before.low)
        assert before.high is None or (after.high is not None and after.high <= before.high)


@many
@given(conditions(2), st.lists(subjects(), min_size=1, max_size=6))
def test_columns_and_interpreter_agree_on_conditions(condition: str, group: list[Subject]) -> None:
    made_register = conditional(condition)
    compiled = ProvisionColumns(made_register, ADDRESS, AS_OF, AS_OF)
    assert as_list(compiled.condition(), compiled, group) == [verdict(made_register, subject) for subject in group]


@many
@given(
    trees(2) | numbers(2), st.sampled_from(["as_of", "registration_date"]), st.lists(subjects(), min_size=1, max_size=6)
)
def test_columns_and_interpreter_agree_on_values(tree: Any, clock: str, group: list[Subject]) -> None:
    made_register = made(values={"amount": {"unit": "count", "is": tree}}, clock=clock)
    compiled = ProvisionColumns(made_register, ADDRESS, AS_OF, AS_OF)
    found = as_spans(compiled.value("amount"), compiled, group)
    for subject, column in zip(group, found, strict=True):
        expected = amount_on_clock(made_register, subject)
        assert column[0] == expected.exists
        if expected.exists:
            assert column[1:] == (expected.low, expected.high)


def amount_on_clock(made_register: Register, subject: Subject) -> Span:
    """The value on the clock's own day, whatever the phase."""
    from rambu.expressions.evaluate import Reading

    assessing = Assessing(Rules(made_register), AS_OF, AS_OF)
    rule = assessing.rules.rule(ADDRESS)
    return assessing.own_value(Reading(assessing, subject, assessing.clock_day(subject, rule)), ADDRESS, "amount")


def as_list(truth: Any, compiled: ProvisionColumns, group: list[Subject]) -> list[Truth]:
    """A column of truths as a list."""
    return evaluated({"truth": truth}, compiled, group)["truth"]


def as_spans(column: Column, compiled: ProvisionColumns, group: list[Subject]) -> list[tuple[Any, Any, Any]]:
    """A column of numbers as exact (exists, low, high)."""
    found = evaluated({"exists": column.exists, "low": column.low, "high": column.high}, compiled, group)

    def exact(end: float | None) -> Fraction | None:
        return None if end is None else Fraction(int(end), column.parts)

    return [(e, exact(lo), exact(hi)) for e, lo, hi in zip(found["exists"], found["low"], found["high"], strict=True)]


def evaluated(parts: dict[str, Any], compiled: ProvisionColumns, group: list[Subject]) -> dict[str, list[Any]]:
    """Columns (or constants) evaluated on Polars for a group of subjects."""
    assessing = Assessing(Rules(compiled.register), AS_OF, AS_OF)
    filled = cells(compiled.needs, group, assessing, ADDRESS)
    frame = pl.DataFrame({"row": list(range(len(group))), **filled}, schema={"row": pl.Int64, **schema(compiled.needs)})
    columns = {name: part for name, part in parts.items() if isinstance(part, nw.Expr)}
    table = nw.from_native(frame).with_columns(**{f"out_{name}": part for name, part in columns.items()})
    constants = {name: [part] * len(group) for name, part in parts.items() if name not in columns}
    return {**{name: table[f"out_{name}"].to_list() for name in columns}, **constants}


@settings(max_examples=500, deadline=None)
@given(st.text() | st.text(alphabet="()[]-+*/.,<>=! 0123456789abceinorstx_'\"{}\\\n"))
def test_any_text_parses_or_fails_with_a_position(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        assert error.column >= 1
        assert error.what
        assert error.do


@pytest.mark.parametrize(
    "text",
    [
        "-" * 200_000,
        "(" * 200_000,
        "\ud800",
        "x == \udfff",
        "1e999",
        "not " * 60 + "x",
        "a." * 500 + "b",
        "9" * 1_900,
        "lambda: 1",
        "x := 1",
        "[a for a in b]",
        "f'{x}'",
        "a if b else c",
        "await x",
        "x[1:2]",
        "{}",
        "__import__('os')",
        "a\x00b",
        "a" * 3_000,
        "x ** 9 ** 9",
        "1" + "+1" * 900,
    ],
)
def test_odd_texts_do_nothing_but_fail_or_parse(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        assert error.column >= 1


@many
@given(trees(2), conditions(1))
def test_load_of_dump_is_the_same(tree: Any, condition: str) -> None:
    try:
        instrument = made(values={"amount": {"unit": "count", "is": tree}}, unless=condition).instruments[ADDRESS.file]
    except NotColumnsError:  # pragma: no cover
        raise AssertionError("loading never compiles columns") from None
    for dump in (
        instrument.model_dump(by_alias=True),
        instrument.model_dump(by_alias=True, exclude_defaults=True, mode="json"),
    ):
        assert Instrument.model_validate(dump) == instrument
    assert Instrument.model_validate_json(instrument.model_dump_json(by_alias=True)) == instrument
