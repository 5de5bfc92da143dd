"""What a vehicle pays and receives, as records: the value that entered, the line, and the whole."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from rambu.assess import Missing
from rambu.expressions.span import Span, Truth, opposite, total
from rambu.model.cascade import Effect, Line
from rambu.model.case import Phase, Verdict
from rambu.model.instrument import Source
from rambu.register import Address
from rambu.units import Measure

State = Literal["amount", "zero", "none", "ended", "exhausted", "suspended", "coming", "unknown", "no_rule"]
FROM_NOTHING_UP = Span(True, 0, None)


class Part(NamedTuple):
    """One value of the register that entered a line, and how."""

    address: Address
    value: str
    effect: Effect | Literal["charge"]
    verdict: Verdict
    phase: Phase
    counts: Truth
    span: Span
    measure: Measure
    source: Source | None
    locator: str | None
    missing: frozenset[Missing]


class WorthLine(NamedTuple):
    """One tax, fee or benefit: on what it is reckoned, what it comes to (currency, or currency a year), and why."""

    line: Line
    state: State
    base: Span
    amount: Span
    parts: tuple[Part, ...]
    missing: frozenset[Missing]

    @property
    def owed(self) -> Span:
        """What it adds to the sum: a benefit takes away, what is not known is open above."""
        return opposite(self.counted) if self.line.benefit else self.counted

    @property
    def counted(self) -> Span:
        """Its amount as it enters sums and bases: what is not known is nothing or more."""
        known = self.amount.low is not None or self.amount.high is not None
        return self.amount if known else FROM_NOTHING_UP


@dataclass(frozen=True, slots=True)
class Worth:
    """What one vehicle pays and receives in one jurisdiction on one day."""

    subject: str
    jurisdiction: str
    currency: str
    as_of: date
    start: Span
    lines: tuple[WorthLine, ...]

    @property
    def once(self) -> Span:
        """Taxes and fees until it is on the road, less what is offered, in the country's currency."""
        return total([line.owed for line in self.lines if not line.line.yearly])

    @property
    def taxes(self) -> Span:
        """Taxes and fees until it is on the road, in the country's currency."""
        return total([line.owed for line in self.lines if not line.line.yearly and not line.line.benefit])

    @property
    def offered(self) -> Span:
        """What is offered to the buyer, in the country's currency."""
        return opposite(total([line.owed for line in self.lines if not line.line.yearly and line.line.benefit]))

    @property
    def yearly(self) -> Span:
        """What it pays each year, in the country's currency."""
        return total([line.owed for line in self.lines if line.line.yearly])

    @property
    def missing(self) -> frozenset[Missing]:
        """Facts that would make it more exact."""
        return frozenset().union(*(line.missing for line in self.lines))
