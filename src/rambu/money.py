"""Conversions between currencies at dated reference rates, always as ranges."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from rambu.model.base import first_day, last_day
from rambu.model.vocabulary import Rate

WINDOW = timedelta(days=365)
OLDEST = timedelta(days=730)  # a rate older than this says nothing about the day
MARGIN = Fraction(5, 100)  # the register holds single days and averages: a year's highs and lows lie further out


@dataclass(frozen=True, slots=True)
class Rates:
    """Reference rates of the vocabulary (units of a currency for one unit of `per`)."""

    rates: tuple[Rate, ...]

    def factor(self, source: str, target: str, day: date) -> tuple[Fraction, Fraction] | None:
        """Lowest and highest number of `target` for one `source` over the twelve months before `day`.

        None when no reference rate is known for one of them in the two years before that day.
        """
        given, wanted = self._per_base(source, day), self._per_base(target, day)
        if given is None or wanted is None:
            return None
        return wanted[0] / given[1], wanted[1] / given[0]

    def _per_base(self, currency: str, day: date) -> tuple[Fraction, Fraction] | None:
        """Units of the currency for one US dollar: the range of the last known twelve months, widened by the margin."""
        if currency == "USD":
            return Fraction(1), Fraction(1)
        known = [rate for rate in self.rates if rate.currency == currency and first_day(rate.starts) <= day]
        newest = max((last_day(rate.to) for rate in known), default=date.min)
        if day - min(day, newest) > OLDEST:
            return None
        recent = [rate for rate in known if last_day(rate.to) >= min(day, newest) - WINDOW]
        low, high = min(Fraction(rate.low) for rate in recent), max(Fraction(rate.high) for rate in recent)
        return low * (1 - MARGIN), high * (1 + MARGIN)
