"""The walker's second half: value trees, whose leaves are numbers, days, texts, ranges and formulas."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from rambu.expressions.algebra import N, T
from rambu.expressions.nodes import Expression, Name
from rambu.expressions.parse import ExpressionError, parse
from rambu.expressions.walk import ExpressionWalker
from rambu.model.base import DAY, YEAR, first_day, last_day
from rambu.model.value import After, Announced, Bands, Cases, Dated, Leaf, Node, Rows, Slices, Value, Yearly
from rambu.units import DATE, PLAIN, TEXT, Measure, UnknownUnitError

NUMBER = re.compile(r"^-?\d[\d_]*(\.\d+)?$")
RANGE = re.compile(r"^(?P<low>[\d._-]*?)\.\.(?P<high>[\d._-]*)$")
DEEPEST_TREE = 3


class Walker(ExpressionWalker[T, N]):
    """Walks conditions, formulas and value trees of one provision."""

    def value(self, value: Value) -> N | None:
        """The tree of a value in its own unit; None when only the subject can state it. Raises ExpressionError."""
        if value.node is None:
            return None
        outer, self.figures_allowed = self.figures_allowed, True  # a condition may be what asked for the value
        try:
            return self.tree(value.node, self._unit(value.unit))
        finally:
            self.figures_allowed = outer

    def _unit(self, unit: str) -> Measure:
        try:
            return self.units.measure(unit)
        except UnknownUnitError as error:
            raise ExpressionError(
                f"unknown unit {error}", 0, "use a unit of vocabulary/units.yaml or a currency"
            ) from None

    def days(self, node: Node) -> N:
        """A tree of days, as `from` and `until` are."""
        return self.tree(node, DATE)

    def tree(self, node: Node, wanted: Measure, depth: int = 0) -> N:
        """Any tree, in the wanted unit."""
        if depth > DEEPEST_TREE:
            raise ExpressionError("a tree of more than three levels", 0, "name its parts as values")
        match node:
            case int() | str():
                return self.leaf(node, wanted)
            case Dated(dated=entries):
                return self._dated(entries, wanted, depth)
            case Announced(announced=entries):
                return self.algebra.announced(
                    [
                        (first_day(day), last_day(day), self.tree(part, wanted, depth + 1))
                        for day, part in _sorted(entries)
                    ]
                )
            case Cases():
                return self._cases(node, wanted, depth)
            case Bands():
                return self._bands(node, wanted, depth)
            case Slices():
                return self._slices(node, wanted)
            case Rows():
                return self._rows(node, wanted, depth)
            case After():
                day = self.number(parse(node.after), DATE)
                return self.algebra.after(day, node.months, node.days, node.at == "month_end")
            case Yearly():
                return self.algebra.yearly(int(node.yearly[:2]), int(node.yearly[3:]))

    def leaf(self, leaf: Leaf, wanted: Measure) -> N:
        """A leaf: what it means follows from the unit."""
        if isinstance(leaf, int) and wanted != DATE:
            return self.algebra.constant(leaf)
        leaf = str(leaf)
        if leaf == "none":
            return self.algebra.nothing()
        if leaf == "..":
            return self.algebra.between(None, None)
        if wanted == TEXT:
            return self.algebra.text(leaf)
        if wanted == DATE and (DAY.match(leaf) or YEAR.match(leaf)):
            return self._day(leaf, leaf)
        if found := RANGE.match(leaf):
            return self._range(found["low"], found["high"], wanted)
        if NUMBER.match(leaf):
            return self.algebra.constant(_exact(leaf))
        return self.number(parse(leaf), wanted)

    def _day(self, low: str, high: str) -> N:
        start, end = _ordinal(low, first_day), _ordinal(high, last_day)
        return self.algebra.constant(start) if start == end and start is not None else self.algebra.between(start, end)

    def _range(self, low: str, high: str, wanted: Measure) -> N:
        if wanted == DATE:
            return self._day(low, high)
        return self.algebra.between(_exact(low) if low else None, _exact(high) if high else None)

    def _dated(self, entries: dict[str, Node], wanted: Measure, depth: int) -> N:
        return self.algebra.dated(
            [(first_day(day), last_day(day), self.tree(part, wanted, depth + 1)) for day, part in _sorted(entries)]
        )

    def _cases(self, node: Cases, wanted: Measure, depth: int) -> N:
        name = parse(node.by)
        if not isinstance(name, Name):
            raise ExpressionError("`by` with cases names a fact", 1, "use bands or rows for a formula")
        tests = [(self._case(name, key), self.tree(part, wanted, depth + 1)) for key, part in node.cases.items()]
        rows: list[tuple[T | None, N]] = list(tests)
        if node.otherwise is not None:
            rows.append((None, self.tree(node.otherwise, wanted, depth + 1)))
        return self.algebra.choose(rows)

    def _case(self, name: Name, key: str) -> T:
        words = [word.strip() for word in key.split(",")]
        if self._is_category(name):
            return self._is_a(name, tuple(Name((word,), name.column) for word in words))
        if words in (["true"], ["false"]):
            found = self.truth(name)
            return found if words == ["true"] else self.algebra.negate(found)
        if not all(NUMBER.match(word) for word in words):
            raise ExpressionError(
                f"{key} is no case of {name.text}", name.column, "write categories, years or true and false"
            )
        return self.algebra.some([
            self.algebra.compare("==", self.number(name, PLAIN), self.algebra.constant(_exact(word))) for word in words
        ])  # fmt: skip

    def _scale_of(self, text: str) -> tuple[Expression, Measure]:
        by = parse(text)
        measure = self._numeric(by).measure
        return by, PLAIN if measure is None else self._local(measure)

    def _bands(self, node: Bands, wanted: Measure, depth: int) -> N:
        by, measure = self._scale_of(node.by)
        rows: list[tuple[T | None, N]] = []
        for band in node.bands:
            edge = band.below if band.to is None else band.to
            test = None
            if edge is not None:
                test = self.algebra.compare(
                    "<" if band.to is None else "<=", self.number(by, measure), self.leaf(edge, measure)
                )
            rows.append((test, self.tree(band.node, wanted, depth + 1)))
        return self.algebra.choose(rows)

    def _slices(self, node: Slices, wanted: Measure) -> N:
        """Marginal: the sum over slices of rate * (what of the base lies within the slice)."""
        by, measure = self._scale_of(node.by)
        base, reached, parts = self.number(by, measure), self.algebra.constant(0), []
        for part in node.slices:
            top = base if part.to is None else self.algebra.least([base, self.leaf(part.to, measure)])
            within = self.algebra.most([self.algebra.constant(0), self.algebra.subtract(top, reached)])
            rate = self.algebra.scale(self.leaf(part.rate, PLAIN), Fraction(1, 100))
            parts.append(self.algebra.multiply(within, rate))
            reached = reached if part.to is None else self.leaf(part.to, measure)
        return self._rescale(self.algebra.total(parts), measure, wanted)

    def _rows(self, node: Rows, wanted: Measure, depth: int) -> N:
        rows: list[tuple[T | None, N]] = []
        for row in node.rows:
            test = None if row.when is None else self.truth(parse(row.when))
            part = row.otherwise if row.when is None else row.node
            rows.append((test, self.tree("none" if part is None else part, wanted, depth + 1)))
        return self.algebra.choose(rows)


def _sorted(entries: dict[str, Node]) -> list[tuple[str, Node]]:
    return sorted(entries.items(), key=lambda entry: first_day(entry[0]))


def _exact(text: str) -> Fraction | int:
    number = Fraction(text.replace("_", ""))
    return int(number) if number.denominator == 1 else number


def _ordinal(text: str, reading: Callable[[str], date]) -> int | None:
    return reading(text).toordinal() if text else None
