"""The same topic across jurisdictions on a day, and what changes between two days; for nobody in particular."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from rambu.engine import Assessing, Outcome
from rambu.expressions.span import Span
from rambu.expressions.subject import Choice, Subject
from rambu.model.base import DAY, first_day
from rambu.model.case import Phase
from rambu.model.instrument import Provision
from rambu.model.value import Announced, Dated, Node, children
from rambu.register import Address, Register
from rambu.rules import Rule, Rules

CellState = Literal[
    "mandatory", "comply_or_explain", "voluntary", "open", "closed", "noted", "coming", "partial", "none_found",
    "not_searched",
]  # fmt: skip
BINDING = ("duty", "ban", "charge", "penalty")
OFFERS = ("incentive", "opportunity")
FORCES: tuple[CellState, ...] = ("mandatory", "comply_or_explain", "voluntary")
MOST_SEEN = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """One jurisdiction and topic on a day: how binding, and whether a change is announced."""

    jurisdiction: str
    topic: str
    state: CellState
    changing: bool
    provisions: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One provision as it stands on a day for somebody of whom nothing is known but the country."""

    address: Address
    provision: Provision
    jurisdiction: str
    phase: Phase
    start: Span
    end: Span
    values: dict[str, Span]
    next_change: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """What differs for one provision between two days."""

    address: Address
    jurisdiction: str
    day: date
    phase: tuple[Phase, Phase]
    values: dict[str, tuple[Span, Span]]


@dataclass
class Comparison:
    """Looks at provisions on days, each look worked out once."""

    rules: Rules
    _seen: dict[tuple[date, date], "Day"] = field(default_factory=dict)

    @property
    def register(self) -> Register:
        """The register that is compared."""
        return self.rules.register

    def on(self, as_of: date, known_on: date) -> "Day":
        """The register on a day, as known on a day."""
        key = (as_of, known_on)
        if key not in self._seen:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen[key] = Day(self, as_of, known_on)
        return self._seen[key]

    @cached_property
    def by_topic(self) -> dict[tuple[str, str], tuple[Address, ...]]:
        """(jurisdiction, topic) -> provisions."""
        found: dict[tuple[str, str], list[Address]] = {}
        for address in self.register.addresses():
            instrument = self.register.instruments[address.file]
            for topic in instrument.topics_of(address.name):
                found.setdefault((instrument.jurisdiction, topic), []).append(address)
        return {key: tuple(addresses) for key, addresses in found.items()}

    @cached_property
    def anyone(self) -> dict[tuple[str, str], Subject]:
        """(kind, jurisdiction) -> somebody there of whom nothing else is known."""
        places = self.register.vocabulary.jurisdictions
        return {
            (kind, code): Subject(
                kind, kind, {"place": Choice((place.place,))} if place.place else {}, jurisdiction=code
            )
            for code, place in places.items()
            for kind in ("company", "site", "vehicle", "project", "product", "person", "charger", "country")
        }

    def changes(self, first: date, last: date, known_on: date) -> list[Change]:
        """Provisions that differ on the two days, newest change first."""
        before, after = self.on(first, known_on), self.on(last, known_on)
        found = [
            change for address in self.register.addresses() if (change := _change(before, after, address, first, last))
        ]
        return sorted(found, key=lambda change: (-change.day.toordinal(), str(change.address)))


@dataclass
class Day:
    """The register on one day."""

    comparison: Comparison
    as_of: date
    known_on: date
    _rows: dict[Address, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.assessing = Assessing(self.comparison.rules, self.as_of, self.known_on)

    def row(self, address: Address) -> Row:
        """One provision on this day."""
        if address not in self._rows:
            self._rows[address] = self._look(address)
        return self._rows[address]

    def _look(self, address: Address) -> Row:
        rule = self.comparison.rules.rule(address)
        subject = self._somebody(rule)
        outcome = self.assessing.outcome(subject, address)
        return Row(
            address=address,
            provision=rule.provision,
            jurisdiction=rule.instrument.jurisdiction,
            phase=outcome.life.phase,
            start=outcome.life.start,
            end=outcome.life.end,
            values={name: self._value(subject, address, name) for name in rule.provision.values},
            next_change=self._next_change(rule, outcome),
        )

    def _somebody(self, rule: Rule) -> Subject:
        return self.comparison.anyone[rule.provision.subject, rule.instrument.jurisdiction]

    def _value(self, subject: Subject, address: Address, name: str) -> Span:
        return self.assessing.own_value(self.assessing.reading(subject, address), address, name)

    def _next_change(self, rule: Rule, outcome: Outcome) -> date | None:
        days = {day for day in days_of(rule, self.known_on) if day > self.as_of}
        for end in (outcome.life.start, outcome.life.end):
            if end.point and end.low is not None and end.low > self.as_of.toordinal():
                days.add(date.fromordinal(int(end.low)))
        return min(days, default=None)

    def topic(self, topic: str, jurisdiction: str) -> list[Row]:
        """Every provision of a topic in a jurisdiction that was known by then."""
        addresses = self.comparison.by_topic.get((jurisdiction, topic), ())
        rows = [self.row(address) for address in addresses]
        return [row for row in rows if row.phase != "not_known"]

    def cell(self, topic: str, jurisdiction: str) -> Cell:
        """How binding a topic is in a jurisdiction."""
        rows = self.topic(topic, jurisdiction)
        changing = any(row.next_change is not None or row.phase in ("coming", "proposed") for row in rows)
        return Cell(
            jurisdiction, topic, self._state(rows, topic, jurisdiction), changing, tuple(row.address for row in rows)
        )

    def _state(self, rows: list[Row], topic: str, jurisdiction: str) -> CellState:
        running = [row for row in rows if row.phase in ("in_force", "unknown")]
        binding = [row.provision.force for row in running if row.provision.kind in BINDING]
        if binding:
            return next(force for force in FORCES if force in binding)
        if any(row.provision.kind in OFFERS for row in running):
            return "open"
        if running:
            return "noted"
        if any(row.phase in ("coming", "proposed") for row in rows):
            return "coming"
        return "closed" if rows else self._coverage(topic, jurisdiction)

    def _coverage(self, topic: str, jurisdiction: str) -> CellState:
        coverage = self.comparison.register.coverage.get(jurisdiction)
        entry = coverage.topics.get(topic) if coverage else None
        if entry is None or entry.state == "not_searched":
            return "not_searched"
        return "none_found" if entry.state == "none_found" else "partial"


def days_of(rule: Rule, known_on: date) -> Iterator[date]:
    """Days on which a provision's values or phase change, as far as they stand in the file and were known."""
    trees = [rule.provision.starts, rule.provision.until, *(value.node for value in rule.provision.values.values())]
    for tree in trees:
        yield from _days_in(tree, known_on)
    yield from (step.first for step in rule.steps if step.known <= known_on)


def _days_in(node: Node | None, known_on: date) -> Iterator[date]:
    if isinstance(node, Dated):
        yield from (first_day(day) for day in node.dated)
    if isinstance(node, Announced):
        heard = [part for day, part in sorted(node.announced.items()) if first_day(day) <= known_on]
        yield from _days_in(heard[-1], known_on) if heard else ()
        return
    if isinstance(node, str) and DAY.match(node):
        yield first_day(node)
    for child in children(node):
        yield from _days_in(child, known_on)


def _change(before: Day, after: Day, address: Address, first: date, last: date) -> Change | None:
    old, new = before.row(address), after.row(address)
    values = {name: (old.values[name], new.values[name]) for name in new.values if old.values[name] != new.values[name]}
    if old.phase == new.phase and (not values or new.phase != "in_force"):
        return None
    rule = before.comparison.rules.rule(address)
    days = [day for day in days_of(rule, after.known_on) if first < day <= last]
    ends = [end.low for end in (new.start, new.end) if end.point and end.low is not None]
    days += [day for end in ends if first < (day := date.fromordinal(int(end))) <= last]
    return Change(address, new.jurisdiction, max(days, default=last), (old.phase, new.phase), values)
