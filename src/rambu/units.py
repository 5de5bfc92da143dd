"""Units and how they convert: exactly within a base, as a range across bases and currencies.

Written here and not taken from a units library, because a conversion across bases (J, kWh, toe) or currencies is
a range over national practice, and factors are exact ratios (docs/explanation/dependencies.md).
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from rambu.model.vocabulary import Vocabulary
from rambu.money import Rates

CURRENCY = re.compile(r"^[A-Z]{3}$")
ANY_MONEY = "money"
PURE = frozenset({"count", "share"})


class UnknownUnitError(ValueError):
    """A unit that neither the vocabulary nor the list of currencies knows."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit taken apart: a scale (exact ratio) and the powers of its bases."""

    scale: Fraction
    bases: tuple[tuple[str, int], ...]

    def times(self, other: "Measure", power: int = 1) -> "Measure":
        """The unit of a product, or of a quotient with power -1."""
        powers = Counter(dict(self.bases))
        for base, exponent in other.bases:
            powers[base] += exponent * power
        scale = self.scale * other.scale**power
        return Measure(scale, tuple(sorted((base, n) for base, n in powers.items() if n)))

    @property
    def currency(self) -> str | None:
        """The one currency in it (`money` for any), if there is one."""
        return next((base for base, _ in self.bases if base == ANY_MONEY or CURRENCY.match(base)), None)

    def in_currency(self, currency: str) -> "Measure":
        """The same unit with `money` replaced by this currency."""
        bases = tuple(sorted((currency if base == ANY_MONEY else base, n) for base, n in self.bases))
        return Measure(self.scale, bases)

    def agrees(self, other: "Measure") -> bool:
        """Whether the two measure the same kind of thing, any currency counting as any other."""
        return _kinds(self) == _kinds(other)


def _kinds(measure: Measure) -> tuple[tuple[str, int], ...]:
    kinds = [(ANY_MONEY if CURRENCY.match(base) else base.split("_")[0], n) for base, n in measure.bases]
    return tuple(sorted(kinds))


PLAIN = Measure(Fraction(1), ())
DATE = Measure(Fraction(1), (("date", 1),))
TEXT = Measure(Fraction(1), (("text", 1),))
SPECIAL = {"date": DATE, "text": TEXT}


@dataclass(frozen=True)
class Units:
    """The units of the vocabulary, with the conversions between bases and the reference rates."""

    vocabulary: Vocabulary
    _measures: dict[str, Measure] = field(default_factory=dict)

    @cached_property
    def currencies(self) -> frozenset[str]:
        """Every currency that a jurisdiction uses or a rate names."""
        used = {place.currency for place in self.vocabulary.jurisdictions.values() if place.currency}
        return frozenset(used | {rate.currency for rate in self.vocabulary.rates} | {"USD"})

    @cached_property
    def rates(self) -> Rates:
        """The reference rates."""
        return Rates(self.vocabulary.rates)

    def measure(self, unit: str) -> Measure:
        """Take a unit such as `SGD/tCO2e` apart. Raises UnknownUnitError."""
        if unit not in self._measures:
            self._measures[unit] = self._take_apart(unit)
        return self._measures[unit]

    def _take_apart(self, unit: str) -> Measure:
        if unit in SPECIAL:
            return SPECIAL[unit]
        top, *bottoms = unit.split("/")
        measure = self._token(top)
        for bottom in bottoms:
            measure = measure.times(self._token(bottom), -1)
        return measure

    def _token(self, token: str) -> Measure:
        if token == ANY_MONEY or token in self.currencies:
            return Measure(Fraction(1), ((token, 1),))
        if token not in self.vocabulary.units:
            raise UnknownUnitError(token)
        unit = self.vocabulary.units[token]
        bases = () if unit.dimension in PURE else ((unit.dimension, 1),)
        return Measure(Fraction(unit.factor), bases)

    def factor(self, given: Measure, wanted: Measure, day: date) -> tuple[Fraction, Fraction] | None:
        """How many `wanted` one `given` is on that day, as lowest and highest; None if no rate is known."""
        if given.bases == wanted.bases:
            return given.scale / wanted.scale, given.scale / wanted.scale
        return self._across(given, wanted, day)

    def _across(self, given: Measure, wanted: Measure, day: date) -> tuple[Fraction, Fraction] | None:
        """Bases differ in one place: two currencies, or two ways to count energy."""
        gone = [base for base in given.bases if base not in wanted.bases]
        come = [base for base in wanted.bases if base not in given.bases]
        if len(gone) != 1 or len(come) != 1 or gone[0][1] != come[0][1] or abs(gone[0][1]) != 1:
            return None
        bridge = self._bridge(gone[0][0], come[0][0], day)
        if bridge is None:
            return None
        low, high = bridge if gone[0][1] == 1 else (1 / bridge[1], 1 / bridge[0])
        scale = given.scale / wanted.scale
        return low * scale, high * scale

    def _bridge(self, source: str, target: str, day: date) -> tuple[Fraction, Fraction] | None:
        if CURRENCY.match(source) and CURRENCY.match(target):
            return self.rates.factor(source, target, day)
        for step in self.vocabulary.conversions:
            start, end = self._token(step.starts), self._token(step.to)
            ends = (start.bases[0][0], end.bases[0][0])
            low = Fraction(step.low) * end.scale / start.scale
            high = Fraction(step.high) * end.scale / start.scale
            if ends == (source, target):
                return low, high
            if ends == (target, source):
                return 1 / high, 1 / low
        return None
