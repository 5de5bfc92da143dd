"""Reckoning one cascade for one vehicle: each line on its base, what changes its rate, what is taken off it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from rambu.assess import VERDICTS, Answer, Missing, finding
from rambu.engine import Assessing
from rambu.expressions.span import (
    NOTHING,
    UNKNOWN,
    ZERO,
    Span,
    Truth,
    add,
    every,
    exactly,
    most,
    multiply,
    opposite,
    stretch,
    total,
    union,
)
from rambu.expressions.subject import Amount, Choice, Given, Series, Subject
from rambu.model.cascade import Cascade, Effect, Line
from rambu.register import Address
from rambu.units import Measure
from rambu.worth.lines import Part, State, Worth, WorthLine

PRICES = ("customs_value", "pretax_price", "price")
CALENDAR = "calendar"  # the dimension of months and years
OVER: tuple[State, ...] = ("exhausted", "suspended", "ended", "coming")


@dataclass
class Reckoning:
    """One cascade under way."""

    assessing: Assessing
    cascade: Cascade
    vehicle: Subject
    done: dict[str, WorthLine] = field(default_factory=dict)

    def run(self) -> Worth:
        """Every line in its order."""
        for line in self.cascade.lines:
            self._derive()
            self.done[line.line] = self._line(line)
        based = [term for line in self.cascade.lines for term in line.base]
        prices = [self._fact(name) for name in PRICES if name in based]
        start = next((span for span in prices if span.low is not None), UNKNOWN)
        lines = tuple(self.done.values())
        return Worth(
            self.vehicle.name, self.cascade.jurisdiction, self.cascade.currency, self.assessing.as_of, start, lines
        )

    # -- what a line is reckoned on

    def _derive(self) -> None:
        """Facts that follow from what is known so far, as a price before taxes does from customs value and duty."""
        for fact, terms in self.cascade.derives.items():
            if fact not in self.vehicle.facts and all(self._known(term) for term in terms):
                span = total([self._term(term) for term in terms])
                if span.low is not None and span.high is not None:
                    given = Amount(span, self._money(), self.cascade.currency)
                    self.vehicle = replace(self.vehicle, facts={**self.vehicle.facts, fact: given})

    def _known(self, term: str) -> bool:
        if term in self.done:
            return self.done[term].counted.high is not None
        return term in self.vehicle.facts

    def _term(self, term: str) -> Span:
        return self.done[term].counted if term in self.done else self._fact(term)

    def _fact(self, name: str) -> Span:
        given = self.vehicle.facts.get(name)
        if given is None or isinstance(given, Series):
            return UNKNOWN
        return self.assessing.facts.number(given, self._measure_of(name))

    def _measure_of(self, fact: str) -> Measure:
        """Money in the country's currency; everything else in its own unit."""
        known = self.assessing.rules.register.vocabulary.facts[fact]
        units = self.assessing.rules.register.units
        return self._money() if known.type == "money" else units.measure(known.unit or "count")

    def _money(self) -> Measure:
        return self.assessing.rules.register.units.measure(self.cascade.currency)

    def _base(self, line: Line) -> tuple[Span, Measure, frozenset[Missing]]:
        facts = [term for term in line.base if term not in self.done]
        measures = {self._measure_of(term) for term in facts} or {self._money()}
        roots = [root for term in line.base for root in self._roots(term)]
        missing = {(self.vehicle.name, root) for root in roots if root not in {*self.done, *self.vehicle.facts}}
        missing |= {gap for root in roots if root in self.done for gap in self.done[root].missing}
        base = ZERO
        for term in line.base:
            base = add(base, self._term(term))
        return (base if line.base else UNKNOWN), measures.pop(), frozenset(missing)

    def _roots(self, term: str) -> Iterator[str]:
        """The facts and earlier lines that would give this one: itself, or what it is derived from."""
        if term in self.vehicle.facts or term not in self.cascade.derives:
            yield term
            return
        yield from (root for part in self.cascade.derives[term] for root in self._roots(part))

    # -- one line

    def _line(self, line: Line) -> WorthLine:
        known = self._is(line.applies_to)
        if known is False:
            return WorthLine(line, "none", UNKNOWN, ZERO, (), frozenset())
        found = self._charged(line)
        if known or found.state == "none":
            return found
        gaps = {(self.vehicle.name, fact) for fact in line.applies_to if fact not in self.vehicle.facts}
        amount = union([found.amount, ZERO]) if found.amount.exists else found.amount
        return found._replace(amount=amount, missing=found.missing | gaps)

    def _is(self, wanted: dict[str, tuple[str, ...]]) -> Truth:
        """Whether the vehicle is of these categories."""
        ancestors = self.assessing.rules.register.vocabulary.ancestors
        return every([self._one_of(self.vehicle.facts.get(fact), kinds, ancestors) for fact, kinds in wanted.items()])

    @staticmethod
    def _one_of(given: Given | Series | None, kinds: tuple[str, ...], ancestors: dict[str, frozenset[str]]) -> Truth:
        if not isinstance(given, Choice):
            return None
        if any(ancestors[name].intersection(kinds) for name in given.categories):
            return True
        return None if any(ancestors[kind].intersection(given.categories) for kind in kinds) else False

    def _charged(self, line: Line) -> WorthLine:
        base, measure, lacking = self._base(line)
        charges = [self._part(reference, "charge") for reference in line.charges]
        reliefs = [self._part(relief.rule, relief.effect) for relief in line.reliefs]
        counted = [part for part in charges if part.counts is not False and part.span.exists is not False]
        parts = (*charges, *(part for part in reliefs if counted and part.counts is not False))
        if not line.charges:
            return WorthLine(line, "no_rule", base, UNKNOWN, (), frozenset())
        if not counted:
            state = _over(charges)
            complete = bool(line.complete_for) and self._is(line.complete_for) is True
            if complete or (state == "none" and _said(charges)) or (state != "none" and line.benefit):
                return WorthLine(line, state, base, ZERO, parts, frozenset())
            return WorthLine(line, "no_rule" if state == "none" else state, base, UNKNOWN, parts, frozenset())
        amount = self._reckon(line, (base, measure), counted, [part for part in reliefs if part.counts is not False])
        amount = Span(amount.exists, amount.low, amount.high)
        settled = amount.low is not None and amount.low == amount.high
        on_base = any(not self._is_money(part) for part in counted) and not settled
        missing = frozenset().union(*(part.missing for part in parts), lacking if on_base else frozenset())
        return WorthLine(line, _state(amount), base, amount, parts, frozenset() if settled else missing)

    def _part(self, reference: str, effect: Effect | Literal["charge"]) -> Part:
        file, name, value = reference.split(".")
        address = Address(file, name)
        rule = self.assessing.rules.rule(address)
        outcome = self.assessing.outcome(self.vehicle, address)
        counts = outcome.counts()
        found = finding(self.assessing, self.vehicle, address, outcome, reasons=True) if counts is not False else None
        answer = next((one for one in found.answers if one.name == value), None) if found else None
        return Part(
            address=address,
            value=value,
            effect=effect,
            verdict=VERDICTS[outcome.verdict],
            phase=outcome.life.phase,
            counts=counts,
            span=_bounded(answer) if answer else self._given_none(address, value),
            measure=self.assessing.rules.register.units.measure(rule.provision.values[value].unit),
            source=answer.source if answer else None,
            locator=answer.locator if answer else None,
            missing=(found.missing | (answer.missing if answer else frozenset())) if found else frozenset(),
        )

    def _given_none(self, address: Address, value: str) -> Span:
        """None, where the rule reaches this vehicle and its table itself gives none; unknown otherwise."""
        rule, reading = self.assessing.rules.rule(address), self.assessing.reading(self.vehicle, address)
        reached = every([condition(reading) for condition in (rule.reach, rule.core) if condition is not None])
        in_force = self.assessing.outcome(self.vehicle, address).life.phase == "in_force"
        given = self.assessing.own_value(reading, address, value)
        return NOTHING if reached and in_force and given.exists is False else UNKNOWN

    def _reckon(self, line: Line, base: tuple[Span, Measure], charges: list[Part], reliefs: list[Part]) -> Span:
        """Charges after what changes their rate, summed; then what is taken off the sum, never below nothing."""
        rates = [part for part in reliefs if part.effect in ("rate_becomes", "points_off")]
        amounts = [self._charge(line, base, part, rates) for part in charges]
        sure = any(part.counts for part in charges)
        amount = union(amounts) if line.one_of and not sure else total(amounts)
        for part in (part for part in reliefs if part not in rates and part.span.exists is not False):
            lower = most([self._less(line, total([amount]), part), ZERO])
            amount = lower if part.counts and part.span.exists else union([amount, lower])
        return total([amount])

    def _charge(self, line: Line, base: tuple[Span, Measure], charge: Part, rates: list[Part]) -> Span:
        amount = most([self._in_money(line, base, charge.span, charge.measure), ZERO])
        for part in (part for part in rates if part.span.exists is not False and charge.measure == part.measure):
            rate = part.span if part.effect == "rate_becomes" else most([add(charge.span, opposite(part.span)), ZERO])
            lower = self._in_money(line, base, _there(rate), part.measure)
            amount = lower if part.counts and part.span.exists else union([amount, lower])
        if charge.counts:
            return amount
        ended = charge.phase == "unknown"  # it may be over, and then something else holds that nobody has seen
        return Span(line.one_of or None, amount.low, None if ended else amount.high)

    def _less(self, line: Line, amount: Span, relief: Part) -> Span:
        share = stretch(_there(relief.span), relief.measure.scale, relief.measure.scale)
        match relief.effect:
            case "share_paid":
                return multiply(amount, share)
            case "share_off":
                return multiply(amount, add(exactly(1), opposite(share)))
        return add(
            amount, opposite(self._in_money(line, (UNKNOWN, self._money()), _there(relief.span), relief.measure))
        )

    def _is_money(self, part: Part) -> bool:
        return part.measure.currency is not None and len([1 for name, _ in part.measure.bases if name != CALENDAR]) == 1

    def _in_money(self, line: Line, base: tuple[Span, Measure], span: Span, measure: Measure) -> Span:
        """A rate on the base, or a sum as it stands, in the country's currency (a year, where the line is yearly)."""
        if measure.currency is None or any(power < 0 and name != CALENDAR for name, power in measure.bases):
            span, measure = multiply(base[0], span), base[1].times(measure)
        factor = self.assessing.rules.register.units.factor(measure, self._wanted(line, measure), self.assessing.as_of)
        return Span(span.exists, None, None) if factor is None else stretch(span, *factor)

    def _wanted(self, line: Line, measure: Measure) -> Measure:
        """The country's currency; a year, where the sum itself is one by time."""
        by_time = any(name == CALENDAR for name, _ in measure.bases)
        units = self.assessing.rules.register.units
        return units.measure(f"{self.cascade.currency}/year") if line.yearly and by_time else self._money()


def _there(span: Span) -> Span:
    """The figure of a relief if it is given at all; that it may not be is minded by whoever takes it off."""
    return Span(True, span.low, span.high, span.words)


def _bounded(answer: Answer) -> Span:
    """A figure that the law calls a ceiling or a floor bounds the amount and does not fix it."""
    match answer.value.sense:
        case "up_to" | "at_most":
            return Span(answer.span.exists, 0, answer.span.high)
        case "at_least":
            return Span(answer.span.exists, answer.span.low, None)
    return answer.span


def _over(charges: Iterable[Part]) -> State:
    """None of the charges counts: over, not yet, or none at all for this vehicle."""
    phases = {part.phase for part in charges if part.verdict == "applies" and part.counts is False}
    return next((state for state in OVER if state in phases), "none")


def _said(charges: Iterable[Part]) -> bool:
    """A rule in force that reaches this vehicle says itself that there is none."""
    return any(part.span.exists is False for part in charges)


def _state(amount: Span) -> State:
    if amount.exists is False:
        return "none"
    if (amount.low, amount.high) == (0, 0):
        return "zero"
    return "unknown" if amount.high is None and amount.low in (None, 0) else "amount"
