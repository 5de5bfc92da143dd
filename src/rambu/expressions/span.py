"""What a number, day or text may be for one subject: a range, whether it exists at all, and how ranges reckon.

`low` or `high` of None is unbounded, and so "not known". `exists` is False for the law's `none`, None when it is
open whether the law gives anything. Days are ordinals, texts stand in `words`.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, inf
from typing import NamedTuple

from rambu.expressions.nodes import Comparison

Exact = int | Fraction
End = Exact | None
Truth = bool | None


class Span(NamedTuple):
    """A range of exact numbers (or the texts that it may be), and whether it exists."""

    exists: Truth
    low: End
    high: End
    words: tuple[str, ...] = ()

    @property
    def point(self) -> bool:
        """Known to the last unit."""
        return self.exists is True and (len(self.words) == 1 or (self.low is not None and self.low == self.high))


NOTHING = Span(False, None, None)
UNKNOWN = Span(True, None, None)
ZERO = Span(True, 0, 0)


def exactly(number: Exact) -> Span:
    """The span of one number."""
    return Span(True, number, number)


def compare(sign: Comparison, left: Span, right: Span) -> Truth:
    """Decided where every pair of points agrees; a side that is none or may be none decides nothing."""
    if left.exists is not True or right.exists is not True:
        return None
    match sign:
        case "<":
            return _below(left, right)
        case ">":
            return _below(right, left)
        case "<=":
            return negate(_below(right, left))
        case ">=":
            return negate(_below(left, right))
    return _equal(left, right)


def negate(truth: Truth) -> Truth:
    """Kleene's not."""
    return None if truth is None else not truth


def _below(left: Span, right: Span) -> Truth:
    if left.high is not None and right.low is not None and left.high < right.low:
        return True
    if left.low is not None and right.high is not None and left.low >= right.high:
        return False
    return None


def _equal(left: Span, right: Span) -> Truth:
    if left.point and right.point:
        return left.low == right.low and left.words == right.words
    apart = _below(left, right) or _below(right, left)
    return False if apart else None


def every(parts: Sequence[Truth]) -> Truth:
    """Kleene's and."""
    if False in parts:
        return False
    return None if None in parts else True


def some(parts: Sequence[Truth]) -> Truth:
    """Kleene's or."""
    if True in parts:
        return True
    return None if None in parts else False


def at_least(count: int, parts: Sequence[Truth]) -> Truth:
    """Kleene's k of n."""
    sure = sum(part is True for part in parts)
    if sure >= count:
        return True
    return None if sure + sum(part is None for part in parts) >= count else False


def both(left: Truth, right: Truth) -> Truth:
    """Whether two things both exist."""
    return every((left, right))


def add(left: Span, right: Span) -> Span:
    """Sum, end by end."""
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return Span(both(left.exists, right.exists), low, high)


def opposite(span: Span) -> Span:
    """The span mirrored at zero."""
    return Span(span.exists, None if span.high is None else -span.high, None if span.low is None else -span.low)


def multiply(left: Span, right: Span) -> Span:
    """Product: the least and the greatest of the four corners, an open end reaching without bound."""
    corners = [_corner(a, b) for a in _ends(left) for b in _ends(right)]
    low, high = min(corners), max(corners)
    exists = both(left.exists, right.exists)
    return Span(exists, None if isinstance(low, float) else low, None if isinstance(high, float) else high)


def _ends(span: Span) -> tuple[Exact | float, Exact | float]:
    return (-inf if span.low is None else span.low, inf if span.high is None else span.high)


def _corner(a: Exact | float, b: Exact | float) -> Exact | float:
    """Exact where both are finite; nothing times without bound is nothing."""
    if a == 0 or b == 0:
        return 0
    if isinstance(a, float) or isinstance(b, float):
        return inf if (a > 0) == (b > 0) else -inf
    return a * b


def scale(span: Span, factor: Fraction) -> Span:
    """Times an exact constant."""
    if factor < 0:
        return opposite(scale(span, -factor))
    low = None if span.low is None else _plain(span.low * factor)
    high = None if span.high is None else _plain(span.high * factor)
    return Span(span.exists, low, high)


def stretch(span: Span, low: Fraction, high: Fraction) -> Span:
    """Times a factor that is only known as a range."""
    return scale(span, low) if low == high else multiply(span, Span(True, low, high))


def _plain(number: Exact) -> Exact:
    return number.numerator if number.denominator == 1 else number


def round_up(span: Span) -> Span:
    """The least whole number that is not smaller, end by end."""
    return Span(
        span.exists,
        None if span.low is None else ceil(span.low),
        None if span.high is None else ceil(span.high),
    )


def round_down(span: Span) -> Span:
    """The greatest whole number that is not greater, end by end."""
    return Span(
        span.exists,
        None if span.low is None else floor(span.low),
        None if span.high is None else floor(span.high),
    )


def least(parts: Sequence[Span]) -> Span:
    """Minimum: unknown in, unknown out, unless the other side bounds it."""
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    known = [high for high in highs if high is not None]
    low = None if None in lows else min(end for end in lows if end is not None)
    return Span(every([part.exists for part in parts]), low, min(known) if known else None)


def most(parts: Sequence[Span]) -> Span:
    """Maximum: the mirror image of `least`."""
    return opposite(least([opposite(part) for part in parts]))


def total(parts: Sequence[Span]) -> Span:
    """Sum in which none counts as 0 and unknown as unknown."""
    counted = ZERO
    for part in parts:
        counted = add(counted, _or_zero(part))
    return counted


def _or_zero(part: Span) -> Span:
    if part.exists is False:
        return ZERO
    if part.exists:
        return part
    low = None if part.low is None else min(part.low, 0)
    return Span(True, low, None if part.high is None else max(part.high, 0))


def union(parts: Sequence[Span]) -> Span:
    """Everything that one of these may be."""
    if len(parts) == 1:
        return parts[0]
    states = {part.exists for part in parts}
    exists = states.pop() if len(states) == 1 else None
    there = [part for part in parts if part.exists is not False]
    if not there:
        return NOTHING
    words = tuple(sorted({word for part in there for word in part.words}))
    lows, highs = [part.low for part in there], [part.high for part in there]
    low = None if None in lows else min(end for end in lows if end is not None)
    high = None if None in highs else max(end for end in highs if end is not None)
    return Span(exists, low, high, words)
