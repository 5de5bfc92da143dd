"""The algebra of columns: the same rules, compiled once to Narwhals expressions for many subjects.

What one column cannot hold (days reckoned from facts, results through a role) is worked out by the algebra of one
subject when the table is filled: see `Need`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import reduce
from math import lcm

import narwhals as nw

from rambu.expressions import column as columns
from rambu.expressions.column import NOTHING, Column, Truth
from rambu.expressions.nodes import Comparison
from rambu.expressions.resolve import FactRef, ProvisionRef, Scope, ValueRef
from rambu.units import DATE, PLAIN, Measure

PARTS = {"count": 1, "integer": 1, "date": 1, "money": 100}
PARTS_OF_NUMBERS = 1_000


class NotColumnsError(Exception):
    """A step that columns cannot hold: the caller asks the algebra of one subject instead."""


@dataclass(frozen=True, slots=True)
class Need:
    """A column that the table must have: a fact in a unit, a flag, a test of categories, or a result."""

    kind: str
    ref: FactRef | ProvisionRef | ValueRef
    wanted: Measure = PLAIN
    categories: tuple[str, ...] = ()
    parts: int = 1


@dataclass
class ColumnAlgebra:
    """Implements the walker's algebra for columns, for one provision and two fixed days."""

    scope: Scope
    as_of: date
    known_on: date
    needs: dict[str, Need] = field(default_factory=dict)
    inline: Callable[[ValueRef], Column] | None = None

    def constant(self, value: Fraction | int) -> Column:
        exact = Fraction(value)
        return Column(True, exact.numerator, exact.numerator, exact.denominator)

    def between(self, low: Fraction | int | None, high: Fraction | int | None) -> Column:
        parts = lcm(*(Fraction(end).denominator for end in (low, high) if end is not None), 1)
        ends = [None if end is None else int(Fraction(end) * parts) for end in (low, high)]
        return Column(True, ends[0], ends[1], parts)

    def nothing(self) -> Column:
        return NOTHING

    def text(self, words: str) -> Column:
        raise NotColumnsError(f"a text ({words[:20]}…) has no column of numbers")

    def clock(self) -> Column:
        clock = self.scope.provision.clock
        if clock == "as_of":
            return self.constant(self.as_of.toordinal())
        if clock == "year":
            raise NotColumnsError("the clock `year`")
        return self.fact(FactRef(None, clock), DATE, DATE)

    def fact(self, ref: FactRef, measure: Measure, wanted: Measure) -> Column:
        kind = "date" if measure == DATE else self.scope.fact(ref).type
        parts = PARTS.get(kind, PARTS_OF_NUMBERS)
        name = self._need(Need("number", ref, wanted, parts=parts))
        exists = nw.col(f"{name}__exists") if ref.aggregate else True
        return Column(exists, nw.col(f"{name}__low"), nw.col(f"{name}__high"), parts)

    def value(self, ref: ValueRef) -> Column:
        if ref.own and self.inline is not None:
            return self.inline(ref)
        name = self._need(Need("result", ref, self.scope.measure(ref), parts=PARTS_OF_NUMBERS))
        return Column(nw.col(f"{name}__exists"), nw.col(f"{name}__low"), nw.col(f"{name}__high"), PARTS_OF_NUMBERS)

    def convert(self, number: Column, given: Measure, wanted: Measure) -> Column:
        units = self.scope.register.units
        factor = units.factor(given, wanted, self.as_of)
        if factor is None:
            return Column(number.exists, None, None)
        return (
            columns.scale(number, factor[0])
            if factor[0] == factor[1]
            else columns.multiply(number, self.between(*factor))
        )

    def flag(self, ref: FactRef) -> Truth:
        return nw.col(self._need(Need("flag", ref)))

    def applies(self, ref: ProvisionRef) -> Truth:
        return nw.col(self._need(Need("applies", ref)))

    def is_a(self, ref: FactRef, categories: tuple[str, ...]) -> Truth:
        return nw.col(self._need(Need("is_a", ref, categories=categories)))

    def _need(self, need: Need) -> str:
        name = column_name(need)
        self.needs[name] = need
        return name

    def every(self, parts: Sequence[Truth]) -> Truth:
        return _column(columns.every(parts))

    def some(self, parts: Sequence[Truth]) -> Truth:
        return _column(columns.some(parts))

    def at_least(self, count: int, parts: Sequence[Truth]) -> Truth:
        return _column(columns.at_least(count, parts))

    def compare(self, sign: Comparison, left: Column, right: Column) -> Truth:
        return _column(columns.compare(sign, left, right))

    negate = staticmethod(columns.negate)
    add = staticmethod(columns.add)
    multiply = staticmethod(columns.multiply)
    scale = staticmethod(columns.scale)
    least = staticmethod(columns.least)
    most = staticmethod(columns.most)

    def subtract(self, left: Column, right: Column) -> Column:
        return columns.add(left, columns.opposite(right))

    def ceil(self, number: Column) -> Column:
        return columns.rounded(number, up=True)

    def floor(self, number: Column) -> Column:
        return columns.rounded(number, up=False)

    def total(self, parts: Sequence[Column]) -> Column:
        return reduce(columns.add, [columns.or_zero(part) for part in parts])

    def choose(self, rows: Sequence[tuple[Truth, Column]]) -> Column:
        """`None` stands for else here as in the other algebra; an unknown test is a null column, never None."""
        return columns.choose([(True if test is None else test, column) for test, column in rows])

    def dated(self, entries: Sequence[tuple[date, date, Column]]) -> Column:
        day = self.clock()
        return columns.choose(
            [
                (columns.compare(">=", day, self.between(first.toordinal(), last.toordinal())), column)
                for first, last, column in reversed(entries)
            ]
        )

    def announced(self, entries: Sequence[tuple[date, date, Column]]) -> Column:
        sure = [column for _, last, column in entries if last <= self.known_on]
        perhaps = [column for first, last, column in entries if first <= self.known_on < last]
        last_heard = sure[-1] if sure else Column(True, None, None)
        open_test = nw.lit(None, dtype=nw.Boolean)
        return columns.choose([*((open_test, column) for column in perhaps), (True, last_heard)])

    def after(self, day: Column, months: int | None, days: int | None, month_end: bool) -> Column:
        if days is not None and not month_end:
            return columns.add(day, self.constant(days))
        raise NotColumnsError("months after a day")

    def yearly(self, month: int, day: int) -> Column:
        raise NotColumnsError("a yearly day")


def _column(truth: Truth) -> Truth:
    """A constant unknown as a column of nulls: among rows, None stands for else."""
    return nw.lit(None, dtype=nw.Boolean) if truth is None else truth


def column_name(need: Need) -> str:
    """Name of a needed column: no dots, which Narwhals on Spark cannot find."""
    ref = need.ref
    parts = [ref.role or "", need.kind]
    if isinstance(ref, FactRef):
        parts += [ref.key, "" if ref.back is None else f"back{-ref.back}", ref.day or ""]
    else:
        parts += [ref.address.file.replace("/", "_").replace("-", "_"), ref.address.name]
    if isinstance(ref, ValueRef):
        parts.append(ref.value)
    parts += ["_or_".join(need.categories), *(f"{base}{power}" for base, power in need.wanted.bases)]
    if need.wanted.scale != 1:
        parts.append(f"{need.wanted.scale.numerator}_{need.wanted.scale.denominator}")
    return "__".join(part for part in parts if part)
