"""The vocabulary: facts, trees of categories, topics, measures, asks, publishers, places, memberships, rates."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from rambu.model.base import Day, Identifier, Jurisdiction, Record, Words, as_text
from rambu.model.instrument import Source, SourceKind, SubjectKind

FactType = Literal["count", "integer", "number", "money", "boolean", "date", "month_day", "category", "text"]
Scalar = Annotated[str, BeforeValidator(lambda given: str(as_text(given)))]


class Fact(Record):
    """Something that may be asked of a subject."""

    subject: SubjectKind | Literal["any"] | tuple[SubjectKind, ...]
    type: FactType
    definition: Annotated[str, Field(alias="def")]
    label: Words
    question: Words | None = None
    unit: str | None = None
    tree: str | None = None
    by_year: bool = False
    many: bool = False
    sites: bool = False
    group: bool = False
    edge: Scalar | None = None
    reason: str | None = None

    def about(self, kind: str) -> bool:
        """Whether the fact may be asked of this kind of subject."""
        kinds = (self.subject,) if isinstance(self.subject, str) else self.subject
        return "any" in kinds or kind in kinds


class Topic(Record):
    """A question that is put to every jurisdiction."""

    group: str
    label: Words


class Named(Record):
    """An entry with a label and a definition: a measure, an ask, a kind of source."""

    label: Words
    definition: Annotated[str | None, Field(alias="def", default=None)]
    group: str | None = None
    counterparts: dict[str, str] = {}


class Publisher(Record):
    """Who stands behind a host, and which kind of source that makes it."""

    name: str
    kind: SourceKind


class Place(Record):
    """A jurisdiction: its names, currency, languages and root in the tree of places."""

    label: Words
    currency: str | None = None
    languages: tuple[str, ...] = ()
    place: str | None = None
    iso2: str | None = None
    kind: Literal["country", "region"] = "country"


class Membership(Record):
    """Membership of a body, with dates; never inferred from another body."""

    body: str
    jurisdiction: Jurisdiction
    starts: Annotated[Day, Field(alias="from")]
    until: Day | None = None
    source: str
    note: str | None = None


class Unit(Record):
    """A unit: `factor` times it is one of its dimension's base."""

    dimension: str
    factor: Scalar
    label: Words


class Conversion(Record):
    """Between two bases: how many `to` one `from` is, as a range over national practice."""

    starts: Annotated[str, Field(alias="from")]
    to: str
    low: Scalar
    high: Scalar
    source: str
    note: str | None = None


class Rate(Record):
    """Reference rate: units of `currency` for one unit of `per`, within a period."""

    currency: str
    per: str
    starts: Annotated[Day, Field(alias="from")]
    to: Day
    low: Scalar
    high: Scalar
    average: bool = False
    source: str


class Vocabulary(Record):
    """All words of the register, gathered from `register/vocabulary/`."""

    facts: dict[Identifier, Fact]
    roles: dict[str, dict[str, Any]]
    trees: dict[str, dict[str, Any]]
    labels: dict[str, Words]
    topics: dict[str, Topic]
    groups: dict[str, Words]
    measures: dict[str, Named]
    asks: dict[str, Named]
    kinds: dict[SourceKind, Named]
    publishers: dict[str, Publisher]
    jurisdictions: dict[Jurisdiction, Place]
    memberships: tuple[Membership, ...]
    units: dict[str, Unit]
    conversions: tuple[Conversion, ...]
    rates: tuple[Rate, ...]
    sources: dict[str, Source]

    @cached_property
    def ancestors(self) -> dict[str, frozenset[str]]:
        """category -> itself and everything it is a kind of."""
        found: dict[str, frozenset[str]] = {}
        for tree in self.trees.values():
            _climb(tree, frozenset(), found)
        return found

    @cached_property
    def tree_of(self) -> dict[str, str]:
        """category -> name of its tree."""
        return {name: tree for tree, branch in self.trees.items() for name in _names(branch)}

    @cached_property
    def places(self) -> dict[str, Jurisdiction]:
        """Root category of places -> jurisdiction."""
        return {place.place: code for code, place in self.jurisdictions.items() if place.place}

    def jurisdiction_of(self, place: str) -> Jurisdiction | None:
        """The jurisdiction that a place lies in."""
        return next((self.places[name] for name in self.ancestors.get(place, ()) if name in self.places), None)

    def tree_name(self, fact: str) -> str:
        """The tree that a fact's categories come from."""
        return self.facts[fact].tree or fact

    def source_kind(self, url: str) -> SourceKind | None:
        """Kind of a source, by the longest suffix of its host among the publishers."""
        host = url.split("/")[2].lower().split(":")[0].removeprefix("www.")
        parts = host.split(".")
        tails = [".".join(parts[start:]) for start in range(len(parts))]
        keys = [key for tail in tails for key in (tail, "." + tail)]
        return next((self.publishers[key].kind for key in keys if key in self.publishers), None)


def _climb(branch: dict[str, Any], above: frozenset[str], found: dict[str, frozenset[str]]) -> None:
    for name, children in branch.items():
        found[name] = above | {name}
        _climb(children, found[name], found)


def _names(branch: dict[str, Any]) -> list[str]:
    return [name for child, below in branch.items() for name in (child, *_names(below))]
