"""The register on any day, one thread at a time: cells of the board, rows of a topic, changes, reasons."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import RLock
from typing import Any, TypeVar

from rambu.compare import Cell, Change, Comparison, Row, days_of
from rambu.expressions.reasons import Reason
from rambu.register import Address
from rambu.rules import Rules

MOST_KEPT = 200
Key = tuple[object, ...]
T = TypeVar("T")
Board = dict[tuple[str, str], Cell]


@dataclass
class Days:
    """Comparisons behind a lock, because an assessment under way belongs to one thread."""

    rules: Rules
    lock: RLock = field(default_factory=RLock)
    _made: dict[Key, Any] = field(default_factory=dict)

    @cached_property
    def comparison(self) -> Comparison:
        """Looks at provisions on days."""
        return Comparison(self.rules)

    def board(self, as_of: date, known_on: date) -> Board:
        """(topic, jurisdiction) -> cell, for all of them."""
        return self._kept(("board", as_of, known_on), lambda: self._board(as_of, known_on))

    def _kept(self, key: Key, make: Callable[[], T]) -> T:
        """What was worked out before, else now; forgotten when there is too much of it."""
        with self.lock:
            if key not in self._made:
                if len(self._made) >= MOST_KEPT:
                    self._made.clear()
                self._made[key] = make()
            found: T = self._made[key]
            return found

    def _board(self, as_of: date, known_on: date) -> Board:
        day, vocabulary = self.comparison.on(as_of, known_on), self.rules.register.vocabulary
        return {
            (topic, code): day.cell(topic, code) for topic in vocabulary.topics for code in vocabulary.jurisdictions
        }

    def rows(self, topic: str, jurisdiction: str, as_of: date, known_on: date) -> list[Row]:
        """Every provision of a topic in a jurisdiction."""
        with self.lock:
            return self.comparison.on(as_of, known_on).topic(topic, jurisdiction)

    def row(self, address: Address, as_of: date, known_on: date) -> Row:
        """One provision."""
        with self.lock:
            return self.comparison.on(as_of, known_on).row(address)

    def changes(self, first: date, last: date, known_on: date) -> list[Change]:
        """What differs between two days."""
        return self._kept(("changes", first, last, known_on), lambda: self._changes(first, last, known_on))

    def _changes(self, first: date, last: date, known_on: date) -> list[Change]:
        return [found for found in self.comparison.changes(first, last, known_on) if self._told(found, known_on)]

    def _told(self, found: Change, known_on: date) -> bool:
        """Not a due day that moves on by itself, nor a figure that belongs to the year before."""
        return found.phase[0] != found.phase[1] or found.day in set(days_of(self.rules.rule(found.address), known_on))

    def dated(self, found: Change, known_on: date) -> bool:
        """Whether the day of a change stands in the register, or only lies before the last day that was looked at."""
        with self.lock:
            row = self.comparison.on(found.day, known_on).row(found.address)
            ends = {end.low for end in (row.start, row.end) if end.point}
            return found.day.toordinal() in ends or found.day in set(days_of(self.rules.rule(found.address), known_on))

    def reason(self, address: Address, as_of: date, known_on: date) -> Reason:
        """Why a provision applies or not to somebody there of whom nothing is known."""
        with self.lock:
            rule = self.rules.rule(address)
            somebody = self.comparison.anyone[rule.provision.subject, rule.instrument.jurisdiction]
            return self.comparison.on(as_of, known_on).assessing.explain(somebody, address)

    def years(self, known_on: date) -> Counter[int]:
        """Year -> how many days of change the register knows in it."""
        return self._kept(("years", known_on), lambda: self._years(known_on))

    def _years(self, known_on: date) -> Counter[int]:
        return Counter(
            day.year
            for address in self.rules.register.addresses()
            for day in set(days_of(self.rules.rule(address), known_on))
        )
