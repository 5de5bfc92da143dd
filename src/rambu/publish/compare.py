"""Topics, countries and days as a table of like with like, and the index, as documents and as JSON."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from rambu.check.names import names_in
from rambu.compare import Comparison, Day, Row
from rambu.expressions.parse import ExpressionError
from rambu.expressions.resolve import ProvisionRef, Scope
from rambu.expressions.span import Span, stretch
from rambu.index import Score
from rambu.model.instrument import Provision
from rambu.publish.as_json import span as as_span
from rambu.publish.document.blocks import Block, Document, Heading, Table, Text
from rambu.publish.document.frame import framed, versions
from rambu.publish.references import References
from rambu.publish.wording import Wording
from rambu.publish.words import FORCES, KINDS, PHASES, STATES, mark
from rambu.register import Address
from rambu.units import Measure

GONE = ("ended", "never", "not_known")
COMMON = {"energy": "toe", "money": "USD"}
HEADS = (
    mark("Country"), mark("Rule"), mark("Who, from which threshold"), mark("What it fixes"), mark("Since, next change"),
    mark("Authority, penalty"),
)  # fmt: skip


class Compared:
    """Words a comparison of topics over countries and days."""

    def __init__(self, comparison: Comparison, wording: Wording, version: str) -> None:
        self.comparison, self.wording, self.version = comparison, wording, version
        self.say, self.references = wording.say, References(wording)
        self.units = comparison.register.units

    def document(
        self, topics: Sequence[str], countries: Sequence[str], days: Sequence[date], known_on: date
    ) -> Document:
        """A chapter a topic, in it a table a day."""
        blocks = [block for topic in topics for block in self._topic(topic, countries, days, known_on)]
        title = self.say("Compared: {topics}", topics=", ".join(self.wording.topic(topic) for topic in topics[:3]))
        subtitle = ", ".join(self.wording.country(code) for code in countries)
        stamp = (self.say("Each day as it was known then, at most on {day}", day=self.wording.day(known_on)),
                 versions(self.wording, self.comparison.register.version, self.version))  # fmt: skip
        return framed(self.wording, title, subtitle, stamp, blocks, self.references)

    def _day(self, when: date, known_on: date) -> Day:
        """A day as it was known then; a day ahead as it is known on `known_on`."""
        return self.comparison.on(when, min(known_on, when))

    def _topic(self, topic: str, countries: Sequence[str], days: Sequence[date], known_on: date) -> Iterator[Block]:
        yield Heading(1, self.wording.topic(topic))
        for when in days:
            if len(days) > 1:
                yield Heading(2, self.wording.day(when))
            day = self._day(when, known_on)
            rows = [cells for code in countries for cells in self._country(day, topic, code)]
            yield Table(tuple(self.say(head) for head in HEADS), tuple(rows), (12, 20, 20, 18, 14, 16))
        yield Text(
            self.say("Thresholds in other units or currencies are ranges at the dated reference rates."), "quiet"
        )

    def _country(self, day: Day, topic: str, code: str) -> Iterator[tuple[str, ...]]:
        name = self.wording.country(code)
        rows = [row for row in day.topic(topic, code) if row.phase not in GONE and row.provision.kind != "penalty"]
        if not rows:
            yield name, self._nothing(topic, code), "", "", "", ""
        for row in rows:
            yield name, self._rule(row), self._who(day, row), self._fixes(row), self._since(row), self._authority(row)

    def _nothing(self, topic: str, code: str) -> str:
        coverage = self.comparison.register.coverage.get(code)
        entry = coverage.topics.get(topic) if coverage else None
        state = entry.state if entry else "not_searched"
        return self.say(STATES[state])

    def _rule(self, row: Row) -> str:
        words = [self.wording.of(row.provision.title), self.say(KINDS[row.provision.kind])]
        if row.provision.force != "mandatory":
            words.append(self.say(FORCES[row.provision.force]))
        if row.phase != "in_force":
            words.append(self.say(PHASES[row.phase]))
        return " · ".join(words) + self.references.of_provision(self.comparison.register, row.address)

    # -- thresholds

    def _who(self, day: Day, row: Row) -> str:
        lines = [self._threshold(row, name, day.as_of) for name in thresholds(row.provision)]
        for other in self._referred(row.address):
            found = day.row(other)
            own = [self._threshold(found, name, day.as_of) for name in thresholds(found.provision)]
            title = self.wording.title(other)
            lines.append(f"{title}: {'; '.join(own)}" if own else self.say("if: {facts}", facts=title))
        if lines:
            return "\n".join(lines)
        conditions = (row.provision.applies_when, row.provision.unless)
        return self.say("by what it is, not by size") if any(conditions) else self.say("everybody whom it reaches")

    def _referred(self, address: Address) -> list[Address]:
        """The provisions that a condition rests on, and those that these rest on, each once."""
        found: dict[Address, None] = {}
        waiting = [address]
        while waiting:
            for other in self._named(waiting.pop()):
                if other not in found and other != address:
                    found[other] = None
                    waiting.append(other)
        return list(found)

    def _named(self, address: Address) -> Iterator[Address]:
        scope = Scope(self.comparison.register, address)
        for text in (scope.provision.applies_when, scope.provision.unless):
            for name in names_in(text or ""):
                try:
                    ref = scope.resolve(name)
                except (ExpressionError, KeyError):
                    continue
                if isinstance(ref, ProvisionRef):
                    yield ref.address

    def _threshold(self, row: Row, name: str, when: date) -> str:
        """A figure in its own unit, and in the common one where there is one."""
        value = row.provision.values[name]
        text = f"{name.replace('_', ' ')}: {self.wording.span(row.values[name], value.unit)}"
        common = self.common(row.values[name], self.units.measure(value.unit), when)
        if common is None or common[1] == value.unit:
            return text
        return f"{text} (≈ {self.wording.span(_rounded(common[0]), common[1])})"

    def common(self, span: Span, measure: Measure, when: date) -> tuple[Span, str] | None:
        """The figure in USD or toe; None where it has no such unit or no rate is known."""
        kind = (
            "money" if measure.currency else next((base for base, _ in measure.bases if base.startswith("energy")), "")
        )
        wanted = COMMON.get(kind.split("_")[0])
        if wanted is None or len(measure.bases) != 1 or not span.point:
            return None
        factor = self.units.factor(measure, self.units.measure(wanted), when)
        return None if factor is None else (stretch(span, *factor), wanted)

    # -- the other columns

    def _fixes(self, row: Row) -> str:
        measures = self.wording.vocabulary.measures
        named = [name for name in row.values if name in measures and name not in thresholds(row.provision)]
        return "\n".join(
            f"{self.wording.measure(name)}: "
            + self.wording.span(
                row.values[name],
                row.provision.values[name].unit,
                row.provision.values[name].sense,
                self.say("depends on facts"),
            )
            for name in named
        )

    def _since(self, row: Row) -> str:
        lines = []
        if (row.start.low, row.start.high) != (None, None):
            lines.append(self.wording.span(row.start, "date"))
        if row.next_change:
            lines.append(self.say("next: {day}", day=self.wording.day(row.next_change)))
        return "\n".join(lines)

    def _authority(self, row: Row) -> str:
        return "\n".join([row.provision.authority or "", *self._penalties(row)]).strip()

    def _penalties(self, row: Row) -> Iterator[str]:
        instrument = self.comparison.register.instruments[row.address.file]
        for name, provision in instrument.provisions.items():
            if provision.kind == "penalty" and provision.penalty_for == row.address.name:
                yield self.wording.of(provision.title) + self.references.of_provision(
                    self.comparison.register, Address(row.address.file, name)
                )

    # -- as JSON

    def as_json(self, topics: Sequence[str], countries: Sequence[str], days: Sequence[date], known_on: date) -> Any:
        """Plain data: every provision of every topic, country and day, with its values in their own units."""
        return [
            {
                "topic": topic,
                "jurisdiction": code,
                "day": when.isoformat(),
                "state": day.cell(topic, code).state,
                "rules": [self._row_json(row, when) for row in day.topic(topic, code) if row.phase not in GONE],
            }
            for topic in topics
            for when in days
            for day in [self._day(when, known_on)]
            for code in countries
        ]

    def _row_json(self, row: Row, when: date) -> dict[str, Any]:
        values = {}
        for name, span in row.values.items():
            measure = self.units.measure(row.provision.values[name].unit)
            common = self.common(span, measure, when)
            values[name] = {
                "value": as_span(span, measure),
                "unit": row.provision.values[name].unit,
                "threshold": name in thresholds(row.provision),
                "common": None
                if common is None
                else {"value": as_span(common[0], self.units.measure(common[1])), "unit": common[1]},
            }
        return {
            "provision": str(row.address),
            "kind": row.provision.kind,
            "force": row.provision.force,
            "phase": row.phase,
            "next_change": row.next_change.isoformat() if row.next_change else None,
            "values": values,
        }


def thresholds(provision: Provision) -> list[str]:
    """Names of the values that its condition compares with."""
    texts = [text for text in (provision.applies_when, provision.unless) if text]
    used = {name.path[0] for text in texts for name in names_in(text) if len(name.path) == 1}
    return [name for name, value in provision.values.items() if name in used and value.unit not in ("text", "date")]


def _rounded(span: Span) -> Span:
    low = None if span.low is None else Fraction(span.low).__floor__()
    high = None if span.high is None else Fraction(span.high).__ceil__()
    return Span(span.exists, low, high)


def index_document(found: Sequence[Score], weights: dict[str, Fraction], when: date, wording: Wording) -> Document:
    """The index with the weights that made it and the band that others would give; no order but the countries' own."""
    groups = [group for group, weight in weights.items() if weight]
    shown = ", ".join(f"{_group(group, wording)} {float(weights[group]):g}" for group in groups)
    rows = tuple(
        (
            wording.country(one.jurisdiction),
            _percent(one.share),
            f"{_percent(one.low)} – {_percent(one.high)}",
            "; ".join(f"{_group(group, wording)} {_percent(mean)}" for group, mean in one.groups),
            str(len(one.unsearched)),
        )
        for one in found
    )
    heads = tuple(wording.say(text) for text in (
        mark("Country"), mark("Index"), mark("Band with weights from half to double"), mark("Groups"),
        mark("Topics not searched"),
    ))  # fmt: skip
    blocks: tuple[Block, ...] = (
        Heading(1, wording.say("How binding, on {day}", day=wording.day(when))),
        Text(wording.say("Weights: {weights}", weights=shown), "lead"),
        Text(wording.say("1 where something is mandatory, 2/3 comply or explain, 1/3 voluntary; a topic that was not "
                         "searched counts for nothing. Bands that overlap say that no order can be told.")),
        Table(heads, rows, (16, 10, 20, 40, 14)),
    )  # fmt: skip
    return framed(wording, wording.say("Index"), "", (), blocks)


def _group(group: str, wording: Wording) -> str:
    return wording.of(wording.vocabulary.groups.get(group)) or group


def _percent(number: Fraction) -> str:
    return f"{float(number * 100):.0f} %"
