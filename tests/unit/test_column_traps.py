"""What engines do by themselves with nulls, ceilings and nested choices, and what our columns do instead.

The table of traps stands in docs/explanation/columns.md. Each is tried on Polars, and on PySpark in `make test-all`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from rambu.engine import Assessing
from rambu.expressions.column import (
    NOTHING,
    Column,
    add,
    at_least,
    choose,
    compare,
    every,
    least,
    most,
    multiply,
    negate,
    or_zero,
    rounded,
    scale,
    some,
)
from rambu.expressions.span import Span
from rambu.expressions.subject import Amount, Series, Subject
from rambu.rules import Rules
from rambu.screen import ProvisionColumns, cells, schema
from rambu.units import PLAIN
from tests.generate import ADDRESS, AS_OF, register

ROWS: dict[str, list[Any]] = {
    "row": [0, 1, 2, 3],
    "flag": [True, False, None, None],
    "other": [None, None, None, False],
    "x": [100.0, 50.0, None, 0.0],
    "y": [None, 10.0, 20.0, 0.0],
}
Select = Callable[..., dict[str, list[Any]]]


@pytest.fixture(scope="module", params=["polars", pytest.param("spark", marks=pytest.mark.spark)])
def select(request: pytest.FixtureRequest) -> Iterator[Select]:
    """Evaluates named columns over the rows, on one engine."""
    if request.param == "polars":
        yield lambda **columns: _on(nw.from_native(pl.DataFrame(ROWS)), columns)
        return
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    types = "row long, flag boolean, other boolean, x double, y double"
    frame = session.createDataFrame(list(zip(*ROWS.values(), strict=True)), types)
    yield lambda **columns: _on(nw.from_native(frame), columns)
    session.stop()


def _on(frame: Any, columns: dict[str, Any]) -> dict[str, list[Any]]:
    table = frame.with_columns(**columns).select("row", *columns)
    collected = table.collect() if isinstance(table, nw.LazyFrame) else table
    ordered = collected.sort("row")
    return {name: ordered[name].to_list() for name in columns}


def number(name: str) -> Column:
    """A column that is a point, or open."""
    return Column(True, nw.col(name), nw.col(name))


def test_when_takes_otherwise_on_null(select: Select) -> None:
    """An engine's when/then sends null to *otherwise*; ours leaves it open unless both branches agree."""
    flag = nw.col("flag")
    found = choose([(flag, Column(True, 1, 1)), (True, Column(True, 2, 2))])
    same = choose([(flag, Column(True, 7, 7)), (True, Column(True, 7, 7))])
    out = select(
        naive=nw.when(flag).then(nw.lit(1)).otherwise(nw.lit(2)), low=found.low, high=found.high, same=same.low
    )
    assert out["naive"] == [1, 2, 2, 2]
    assert (out["low"], out["high"]) == ([1, 2, 1, 1], [1, 2, 2, 2])
    assert out["same"] == [7, 7, 7, 7]


def test_horizontal_minimum_skips_nulls(select: Select) -> None:
    """Unknown in, unknown out, unless the other side bounds it."""
    low, high = least([number("x"), number("y")]), most([number("x"), number("y")])
    out = select(naive=nw.min_horizontal("x", "y"), low=low.low, high=low.high, most_low=high.low, most_high=high.high)
    assert out["naive"] == [100, 10, 20, 0]
    assert out["low"] == [None, 10, None, 0]
    assert out["high"] == [100, 10, 20, 0]
    assert out["most_low"] == [100, 50, 20, 0]
    assert out["most_high"] == [None, 50, None, 0]


def test_seven_per_cent_of_a_hundred_is_seven(select: Select) -> None:
    """0.07 * 100 is 7.000000000000001 in floating point, and its ceiling 8."""
    from fractions import Fraction

    exact = rounded(scale(number("x"), Fraction(7, 100)), up=True)
    out = select(naive=(nw.col("x") * 0.07).ceil(), exact=exact.low)
    assert out["naive"][0] == 8
    assert out["exact"] == [7, 4, None, 0]


def test_nothing_times_open_is_nothing(select: Select) -> None:
    """0 times infinity is NaN in engines."""
    found = multiply(number("x"), number("y"))
    out = select(low=found.low, high=found.high)
    assert out["low"] == [None, 500, None, 0]
    assert out["high"] == [None, 500, None, 0]


def test_null_and_false_is_false(select: Select) -> None:
    """Kleene's and, or, not and k of n, null by null."""
    flag, other = nw.col("flag"), nw.col("other")
    out = select(
        both=every([flag, other]),
        either=some([flag, other]),
        no=negate(flag),
        one=at_least(1, [flag, other, False]),
        two=at_least(2, [flag, other, True]),
    )
    assert out["both"] == [None, False, None, False]
    assert out["either"] == [True, None, None, None]
    assert out["no"] == [False, True, None, None]
    assert out["one"] == [True, None, None, None]
    assert out["two"] == [True, None, None, None]


def test_none_beside_unknown(select: Select) -> None:
    """One null cannot be both: existence has a column of its own, and `total` counts none as 0."""
    given = choose([(nw.col("flag"), number("x")), (True, NOTHING)])
    counted = add(or_zero(given), Column(True, 5, 5))
    out = select(exists=given.exists, low=counted.low, high=counted.high)
    assert out["exists"] == [True, False, None, None]
    assert out["low"] == [105, 5, None, 5]
    assert out["high"] == [105, 5, None, 5]


def test_comparison_with_a_tree_is_decided_where_all_leaves_agree(select: Select) -> None:
    """A threshold that hangs on an unknown group: every group has started, so the answer is known."""
    threshold = choose([(nw.col("flag"), Column(True, 40, 40)), (True, Column(True, 60, 60))])
    out = select(over=compare(">=", number("x"), threshold))
    assert out["over"] == [True, False, None, False]


@pytest.mark.parametrize(("staff", "expected"), [(13, False), (14, True), (None, None)])
def test_thresholds_agree_to_the_last_unit(staff: int | None, expected: bool | None) -> None:
    """ceil(staff * 7 / 100) >= 1 flips where law says, in both algebras."""
    rules = Rules(
        register(
            {
                "values": {"quota": {"unit": "count", "rows": [{"when": "floor(staff * 7 / 98) >= 1", "is": 1}]}},
                "gives": "quota",
            }
        )
    )
    facts = {} if staff is None else {"staff": Series(undated=Amount(Span(True, staff, staff), PLAIN, "count"))}
    company = Subject("company", "exa", dict(facts))
    compiled = ProvisionColumns(rules.register, ADDRESS, AS_OF, AS_OF)
    truth = compiled.condition()
    assert isinstance(truth, nw.Expr)
    assessing = Assessing(rules, AS_OF, AS_OF)
    frame = pl.DataFrame(cells(compiled.needs, [company], assessing, ADDRESS), schema=schema(compiled.needs))
    assert nw.from_native(frame).select(verdict=truth)["verdict"].to_list() == [expected]
    assert assessing.outcome(company, ADDRESS).verdict is expected


def test_names_have_no_dots() -> None:
    """Narwhals on Spark cannot find columns with dots in their names."""
    rules = Rules(register({"applies_when": "parent.state_owned or staff[-1] >= 1"}))
    compiled = ProvisionColumns(rules.register, ADDRESS, AS_OF, AS_OF)
    compiled.condition()
    assert set(compiled.needs) == {"parent__flag__state_owned", "number__staff__back1"}


def test_a_figure_may_stand_in_the_tree_of_a_value_that_a_condition_asks_for() -> None:
    tree = {"unit": "count", "rows": [{"when": "staff >= 50", "is": 7}, {"else": 9}]}
    rules = Rules(register({"applies_when": "staff >= line", "values": {"line": tree}}))
    compiled = ProvisionColumns(rules.register, ADDRESS, AS_OF, AS_OF)
    assert isinstance(compiled.condition(), nw.Expr)
