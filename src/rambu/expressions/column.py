"""Truths and numbers as columns of a table, and how they reckon: Kleene's logic and ranges, null by null.

A truth is a nullable boolean column (null is unknown) or a constant. A number is three columns: whether it exists,
its low and its high end (null is open), both counted in whole `1/parts`, so that thresholds and `ceil` agree with
the exact numbers of `span.py`, step for step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import inf, lcm
from operator import and_, or_

import narwhals as nw

from rambu.expressions.nodes import Comparison

Truth = bool | None | nw.Expr
End = int | None | nw.Expr


@dataclass(frozen=True, slots=True)
class Column:
    """A number for many subjects: existence, low and high end in whole parts of `parts`."""

    exists: Truth
    low: End
    high: End
    parts: int = 1


NOTHING = Column(False, None, None)


# -- three-valued logic over columns and constants


def _expression(value: Truth | End) -> nw.Expr:
    return (
        value
        if isinstance(value, nw.Expr)
        else nw.lit(value, dtype=nw.Boolean if value is None or isinstance(value, bool) else nw.Float64)
    )


def every(parts: Sequence[Truth]) -> Truth:
    """Kleene's and: engines agree on null & false, constants are folded."""
    if any(part is False for part in parts):
        return False
    rest = [part for part in parts if part is not True]
    if not rest:
        return True
    return None if all(part is None for part in rest) else reduce(and_, [_expression(part) for part in rest])


def some(parts: Sequence[Truth]) -> Truth:
    """Kleene's or."""
    if any(part is True for part in parts):
        return True
    rest = [part for part in parts if part is not False]
    if not rest:
        return False
    return None if all(part is None for part in rest) else reduce(or_, [_expression(part) for part in rest])


def negate(part: Truth) -> Truth:
    """Kleene's not."""
    if isinstance(part, nw.Expr):
        return ~part
    return None if part is None else not part


def surely(part: Truth) -> bool | nw.Expr:
    """True only where it is true; unknown counts as no."""
    return part.fill_null(False) if isinstance(part, nw.Expr) else part is True


def possibly(part: Truth) -> bool | nw.Expr:
    """False only where it is false."""
    return part.fill_null(True) if isinstance(part, nw.Expr) else part is not False


def decide(yes: Truth, no: Truth) -> Truth:
    """True where `yes` surely holds, false where `no` does, else unknown."""
    sure, never = surely(yes), surely(no)
    if isinstance(sure, bool) and isinstance(never, bool):
        return True if sure else (False if never else None)
    if sure is True or never is True:
        return sure is True
    denied = nw.when(_expression(never)).then(nw.lit(False))
    return nw.when(_expression(sure)).then(nw.lit(True)).otherwise(denied)


def only_if(gate: Truth, found: Truth) -> Truth:
    """The answer where the gate is true, unknown elsewhere."""
    if gate is True:
        return found
    if not isinstance(gate, nw.Expr):
        return None
    return nw.when(gate.fill_null(False)).then(_expression(found))


def at_least(count: int, parts: Sequence[Truth]) -> Truth:
    """Kleene's k of n, by counting the sure and the possible."""
    if all(not isinstance(part, nw.Expr) for part in parts):
        sure, maybe = sum(part is True for part in parts), sum(part is not False for part in parts)
        return True if sure >= count else (None if maybe >= count else False)
    sures = reduce(lambda a, b: a + b, [_number(surely(part)) for part in parts])
    maybes = reduce(lambda a, b: a + b, [_number(possibly(part)) for part in parts])
    return decide(sures >= count, maybes < count)


def _number(flag: bool | nw.Expr) -> nw.Expr:
    return _expression(flag).cast(nw.Int64)


# -- numbers


def _alike(columns: Sequence[Column]) -> list[Column]:
    """The same columns counted in the same parts."""
    parts = lcm(*(column.parts for column in columns))
    return [_finer(column, parts) for column in columns]


def _finer(column: Column, parts: int) -> Column:
    factor = parts // column.parts
    if factor == 1:
        return column
    return Column(column.exists, _times(column.low, factor), _times(column.high, factor), parts)


def _times(end: End, factor: int) -> End:
    return None if end is None else end * factor


def _combine(step: Callable[[nw.Expr, nw.Expr], nw.Expr], left: End, right: End) -> End:
    if left is None or right is None:
        return None
    if isinstance(left, nw.Expr) or isinstance(right, nw.Expr):
        return step(_expression(left), _expression(right))
    return step(left, right)  # type: ignore[arg-type]


def add(left: Column, right: Column) -> Column:
    """Sum, end by end: null in, null out."""
    ours, theirs = _alike([left, right])
    plus: Callable[[nw.Expr, nw.Expr], nw.Expr] = lambda a, b: a + b  # noqa: E731
    return Column(
        every((ours.exists, theirs.exists)),
        _combine(plus, ours.low, theirs.low),
        _combine(plus, ours.high, theirs.high),
        ours.parts,
    )


def opposite(column: Column) -> Column:
    """Mirrored at zero."""
    return Column(column.exists, _times(column.high, -1), _times(column.low, -1), column.parts)


def scale(column: Column, factor: Fraction) -> Column:
    """Times an exact constant: the numerator multiplies, the denominator makes the parts finer."""
    if factor < 0:
        return opposite(scale(column, -factor))
    top = factor.numerator
    return Column(column.exists, _times(column.low, top), _times(column.high, top), column.parts * factor.denominator)


def multiply(left: Column, right: Column) -> Column:
    """Product: the least and the greatest of the four corners, an open end reaching without bound."""
    exists, parts = every((left.exists, right.exists)), left.parts * right.parts
    for constant, other in ((left, right), (right, left)):
        if isinstance(constant.low, int) and constant.low == constant.high:
            scaled = scale(other, Fraction(constant.low)) if constant.low else Column(True, 0, 0)
            return Column(exists, scaled.low, scaled.high, parts)
    corners = [_corner(a, b) for a in _reach(left) for b in _reach(right)]
    return Column(exists, _closed(nw.min_horizontal(*corners)), _closed(nw.max_horizontal(*corners)), parts)


def _reach(column: Column) -> tuple[nw.Expr, nw.Expr]:
    """Both ends, an open one as infinity."""
    return _expression(column.low).fill_null(-inf), _expression(column.high).fill_null(inf)


def _corner(a: nw.Expr, b: nw.Expr) -> nw.Expr:
    """Nothing times without bound is nothing, where engines say NaN."""
    return nw.when((a == 0) | (b == 0)).then(nw.lit(0.0)).otherwise(a * b)


def _closed(end: nw.Expr) -> nw.Expr:
    """Infinity back to null."""
    return nw.when(end.is_finite()).then(end)


def rounded(column: Column, up: bool) -> Column:
    """Whole numbers, end by end."""

    def step(end: End) -> End:
        if end is None:
            return None
        if isinstance(end, int):
            return -(-end // column.parts) if up else end // column.parts
        quotient = end / column.parts
        return quotient.ceil() if up else quotient.floor()

    return Column(column.exists, step(column.low), step(column.high))


def least(columns: Sequence[Column]) -> Column:
    """Minimum: unknown in, unknown out, unless the other side bounds it."""
    alike = _alike(columns)
    lows, highs = [column.low for column in alike], [column.high for column in alike]
    low = None if None in [end for end in lows if not isinstance(end, nw.Expr)] else _strict(lows)
    return Column(every([column.exists for column in alike]), low, _lenient(highs), alike[0].parts)


def _strict(ends: list[End]) -> End:
    """The smallest, null where any is null (engines skip nulls by themselves)."""
    if all(isinstance(end, int) for end in ends):
        return min(end for end in ends if isinstance(end, int))
    columns = [_expression(end) for end in ends]
    any_null = reduce(or_, [column.is_null() for column in columns])
    return nw.when(~any_null).then(nw.min_horizontal(*columns))


def _lenient(ends: list[End]) -> End:
    """The smallest of those that are not null."""
    known = [end for end in ends if end is not None]
    if not known:
        return None
    if all(isinstance(end, int) for end in known):
        return min(end for end in known if isinstance(end, int))
    return nw.min_horizontal(*(_expression(end) for end in known))


def most(columns: Sequence[Column]) -> Column:
    """Maximum: the mirror image of `least`."""
    return opposite(least([opposite(column) for column in columns]))


def or_zero(column: Column) -> Column:
    """For `total`: none counts as 0, perhaps-none as anything between 0 and the amount."""
    if column.exists is True:
        return column
    if column.exists is False:
        return Column(True, 0, 0)
    low, high = _expression(column.low), _expression(column.high)
    zero = nw.lit(0.0)
    least_low = nw.when(~low.is_null()).then(nw.min_horizontal(low, zero))
    most_high = nw.when(~high.is_null()).then(nw.max_horizontal(high, zero))
    there, gone = surely(column.exists), surely(negate(column.exists))
    low = nw.when(_expression(gone)).then(zero).otherwise(nw.when(_expression(there)).then(low).otherwise(least_low))
    high = nw.when(_expression(gone)).then(zero).otherwise(nw.when(_expression(there)).then(high).otherwise(most_high))
    return Column(True, low, high, column.parts)


def compare(sign: Comparison, left: Column, right: Column) -> Truth:
    """Decided where every pair of points agrees; a side that does not surely exist decides nothing."""
    ours, theirs = _alike([left, right])
    gate = every((ours.exists, theirs.exists))
    return only_if(gate, _compare_ends(sign, ours, theirs))


def _compare_ends(sign: Comparison, left: Column, right: Column) -> Truth:
    match sign:
        case "<":
            return decide(_less(left.high, right.low), _less(right.high, left.low, equal=True))
        case ">":
            return _compare_ends("<", right, left)
        case "<=":
            return negate(_compare_ends("<", right, left))
        case ">=":
            return negate(_compare_ends("<", left, right))
    same = every((_same(left.low, left.high), _same(right.low, right.high), _same(left.low, right.low)))
    apart = some((surely(_less(left.high, right.low)), surely(_less(right.high, left.low))))
    return decide(same, apart)


def _less(left: End, right: End, equal: bool = False) -> Truth:
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return left <= right if equal else left < right
    a, b = _expression(left), _expression(right)
    return a <= b if equal else a < b


def _same(left: End, right: End) -> Truth:
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return left == right
    return _expression(left) == _expression(right)


def choose(rows: Sequence[tuple[Truth, Column]]) -> Column:
    """First true row wins, and counts only when all earlier ones are false: else everything it may be."""
    alike = _alike([column for _, column in rows] + [NOTHING])
    tests = [test for test, _ in rows] + [True]
    open_: list[Truth] = []
    possible: list[tuple[bool | nw.Expr, Column]] = []
    for test, column in zip(tests, alike, strict=True):
        chance = every([negate(surely(earlier)) for earlier in open_] + [possibly(test)])
        if chance is not False:
            possible.append((True if chance is True else _expression(chance), column))
        if test is True:
            break
        open_.append(test)
    if len(possible) == 1 and possible[0][0] is True:
        return possible[0][1]
    return _union(possible, alike[0].parts)


def _union(possible: Sequence[tuple[bool | nw.Expr, Column]], parts: int) -> Column:
    some_there = some([every((chance, surely(column.exists))) for chance, column in possible])
    some_gone = some([every((chance, surely(negate(column.exists)))) for chance, column in possible])
    some_open = some([every((chance, _is_open(column.exists))) for chance, column in possible])
    exists = decide(
        every((some_there, negate(some_gone), negate(some_open))),
        every((some_gone, negate(some_there), negate(some_open))),
    )
    there = [(every((chance, possibly(column.exists))), column) for chance, column in possible]
    low = _lowest([(chance, column.low) for chance, column in there])
    high = _lowest([(chance, _times(column.high, -1)) for chance, column in there])
    return Column(exists, low, _times(high, -1), parts)


def _is_open(truth: Truth) -> bool | nw.Expr:
    return truth.is_null() if isinstance(truth, nw.Expr) else truth is None


def _lowest(ends: Sequence[tuple[Truth, End]]) -> End:
    """The smallest end among the rows that are possible; null where one of these is open."""
    live = [(chance, end) for chance, end in ends if chance is not False]
    if not live:
        return None
    opens = [every((chance, end is None if not isinstance(end, nw.Expr) else end.is_null())) for chance, end in live]
    any_open = some(opens)
    if any_open is True:
        return None
    if all(end is None for _, end in live):
        return None
    candidates = [nw.when(_expression(chance)).then(_expression(end)) for chance, end in live if end is not None]
    smallest = candidates[0] if len(candidates) == 1 else nw.min_horizontal(*candidates)
    return smallest if any_open is False else nw.when(~_expression(any_open)).then(smallest)
