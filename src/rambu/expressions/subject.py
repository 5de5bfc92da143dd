"""Subjects of a profile, and what was given about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rambu.expressions.span import Span, Truth
from rambu.register import Address
from rambu.units import Measure


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, sum of money or day that was given: a range in the unit in which it was given."""

    span: Span
    measure: Measure
    unit: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Categories that were given; a list is complete."""

    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """A yes or no, or a text."""

    value: bool | str


Given = Amount | Choice | Plain


@dataclass(frozen=True, slots=True)
class Series:
    """A fact given by year, by day, or undated (which then means the last closed year)."""

    years: Mapping[int, Given] = field(default_factory=dict)
    days: Mapping[date, Given] = field(default_factory=dict)
    undated: Given | None = None


@dataclass(eq=False, slots=True)
class Subject:
    """A company, site, vehicle … of a profile. Compared by identity: two may have the same facts."""

    kind: str
    name: str
    facts: dict[str, Given | Series] = field(default_factory=dict)
    roles: dict[str, "Subject"] = field(default_factory=dict)
    sites: tuple["Subject", ...] = ()
    sites_complete: bool = False
    results: dict[tuple[Address, str | None], Truth | Span] = field(default_factory=dict)
    jurisdiction: str | None = None

    @property
    def place(self) -> str | None:
        """The finest known place."""
        given = self.facts.get("place")
        return given.categories[0] if isinstance(given, Choice) and given.categories else None
