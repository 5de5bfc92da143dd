"""Looking a fact up for one subject: by year, by day, over sites, through edges that a face may fill in."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from rambu.expressions.resolve import FactRef
from rambu.expressions.span import NOTHING, UNKNOWN, ZERO, Span, Truth, add, exactly, most, some, stretch
from rambu.expressions.subject import Amount, Choice, Given, Plain, Series, Subject
from rambu.model.vocabulary import Fact
from rambu.units import DATE, PLAIN, Measure, Units

Assume = Callable[[Subject, str, str], None]


@lru_cache(maxsize=4_096)
def days_in(year: int, month: int) -> int:
    """Number of days in a month."""
    return calendar.monthrange(year, month)[1]


def add_months(day: date, months: int) -> date:
    """Months later; a day that the month lacks clips to the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


def month_end(day: date) -> date:
    """Last day of the day's month."""
    return day.replace(day=days_in(day.year, day.month))


@lru_cache(maxsize=4_096)
def financial_year(end: str, day: date) -> tuple[date, date]:
    """First and last day of the financial year that runs on a day, for a year that ends on MM-DD."""
    closing = _closing(end, day.year)
    if closing < day:
        closing = _closing(end, day.year + 1)
    return _closing(end, closing.year - 1) + timedelta(days=1), closing


@lru_cache(maxsize=4_096)
def _last_closed(end: str, day: int) -> int:
    return financial_year(end, date.fromordinal(day))[1].year - 1


def _closing(end: str, year: int) -> date:
    month, day = int(end[:2]), int(end[3:])
    return date(year, month, min(day, days_in(year, month)))


class Facts:
    """Facts of subjects as seen on a day; what an edge fills in is reported to `assume`."""

    def __init__(self, units: Units, as_of: date, assume: Assume) -> None:
        self.units, self.as_of, self.assume = units, as_of, assume
        self.seen: dict[tuple[str, Subject, Span], Span] = {}

    def given(self, subject: Subject, ref: FactRef, fact: Fact, day: Span, reference: Span | None) -> Given | None:
        """What the profile says about a fact, for the year or day that is asked about; None if nothing."""
        held = subject.facts.get(ref.key)
        if held is None:
            return self._edge(subject, ref, fact)
        if not isinstance(held, Series):
            return held if ref.back is None and ref.day is None else None
        if ref.day is not None:
            return self._on_day(held, reference)
        if not fact.by_year:
            return held.undated
        return self._in_year(subject, held, ref.back or 0, day)

    @staticmethod
    def _on_day(held: Series, reference: Span | None) -> Given | None:
        if reference is None or not reference.point or reference.low is None:
            return None
        return held.days.get(date.fromordinal(int(reference.low)))

    def _in_year(self, subject: Subject, held: Series, back: int, day: Span) -> Given | None:
        if day.low is None or day.high is None:
            return None
        year = self.last_closed(subject, int(day.low))
        if day.high != day.low and year != self.last_closed(subject, int(day.high)):
            return None
        found = held.years.get(year + back)
        return held.undated if found is None and back == 0 else found

    def last_closed(self, subject: Subject, day: int) -> int:
        """Label (calendar year of its last day) of the last financial year closed before a day (an ordinal)."""
        return _last_closed(self.year_end(subject), day)

    def year_end(self, subject: Subject) -> str:
        """MM-DD on which the subject's financial year ends; 12-31 unless its company says otherwise."""
        owner = subject if subject.kind == "company" else subject.roles.get("operator", subject)
        held = owner.facts.get("fiscal_year_end")
        if isinstance(held, Plain):
            return str(held.value)
        if owner.kind == "company":
            self.assume(owner, "fiscal_year_end", "12-31")
        return "12-31"

    def _edge(self, subject: Subject, ref: FactRef, fact: Fact) -> Given | None:
        if ref.back is not None or ref.day is not None or fact.edge is None:
            return None
        if ref.name in ("fy_start", "fy_end"):
            return self._financial_year(subject, ref.name)
        if fact.edge == "as_of":
            self.assume(subject, ref.name, self.as_of.isoformat())
            return Amount(exactly(self.as_of.toordinal()), DATE, "date")
        if fact.edge == "year of as_of":
            self.assume(subject, ref.name, str(self.as_of.year))
            return Amount(exactly(self.as_of.year), PLAIN, "count")
        return None

    def _financial_year(self, subject: Subject, name: str) -> Given:
        held = subject.facts.get("fy_start")
        if isinstance(held, Amount) and held.span.point and held.span.low is not None:
            start = date.fromordinal(int(held.span.low))
            end = add_months(start, 12) - timedelta(days=1)
        else:
            start, end = financial_year(self.year_end(subject), self.as_of)
            self.assume(subject, "fy_start", start.isoformat())
        return Amount(exactly((start if name == "fy_start" else end).toordinal()), DATE, "date")

    def number(self, given: Given | None, wanted: Measure) -> Span:
        """A given amount in the wanted unit; unknown when nothing was given or no rate is known."""
        if not isinstance(given, Amount):
            return UNKNOWN
        if given.measure == wanted:
            return given.span
        factor = self.units.factor(given.measure, wanted, self.as_of)
        return UNKNOWN if factor is None else stretch(given.span, *factor)

    def over_sites(self, subject: Subject, ref: FactRef, fact: Fact, wanted: Measure, day: Span, home: str) -> Span:
        """Sum or maximum over a company's sites in a jurisdiction; known only if the list is complete."""
        if not subject.sites_complete:
            return UNKNOWN
        parts = []
        for site in subject.sites:
            if site.jurisdiction is None:
                parts.append(Span(None, None, None))
            elif site.jurisdiction == home:
                single = FactRef(None, ref.name, ref.back, None, ref.day)
                parts.append(self.number(self.given(site, single, fact, day, None), wanted))
        if ref.aggregate == "sum":
            return _sum(parts)
        return most([*parts]) if parts else NOTHING

    def any_site(self, subject: Subject, ref: FactRef, home: str) -> Truth:
        """Whether one of a company's sites in a jurisdiction has a yes; known only if the list is complete."""
        flags = [site.facts.get(ref.name) for site in subject.sites if site.jurisdiction in (home, None)]
        found = some(
            [flag.value if isinstance(flag, Plain) and isinstance(flag.value, bool) else None for flag in flags]
        )
        return found if found or subject.sites_complete else None


def _sum(parts: list[Span]) -> Span:
    counted = ZERO
    for part in parts:
        counted = add(counted, part if part.exists else UNKNOWN)
    return counted


def categories(given: Given | None) -> tuple[str, ...] | None:
    """Categories that were given, or None."""
    return given.categories if isinstance(given, Choice) else None
