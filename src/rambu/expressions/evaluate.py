"""The algebra of one subject: every step becomes a function from a reading to a truth or a span.

While `reading.trace` is None a step only answers; with a list there it also says why.
"""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Protocol

from rambu.expressions import span as ranges
from rambu.expressions.facts import Facts, add_months, categories, month_end
from rambu.expressions.nodes import Comparison
from rambu.expressions.reasons import Input, Reason
from rambu.expressions.resolve import FactRef, ProvisionRef, Scope, ValueRef
from rambu.expressions.span import NOTHING, UNKNOWN, Span, Truth, exactly
from rambu.expressions.subject import Plain, Subject
from rambu.register import Address
from rambu.units import PLAIN, Measure

Shift = tuple[str, Span] | None


class Engine(Protocol):
    """What a reading asks of the assessment around it."""

    as_of: date
    known_on: date
    facts: Facts

    def truth(self, subject: Subject, address: Address, shift: Shift = None) -> Truth:
        """Whether another provision applies to the subject and is in force."""

    def result(self, subject: Subject, address: Address, value: str, shift: Shift = None) -> Span:
        """A value of another provision for the subject."""

    def own_value(self, reading: "Reading", address: Address, value: str) -> Span:
        """A value of the provision that is being read."""

    def waits_for(self, subject: Subject, address: Address, value: str, shift: Shift = None) -> list[Input]:
        """Missing facts that a value of another provision still turns on."""

    def explain(self, subject: Subject, address: Address, shift: Shift = None) -> Reason:
        """Why another provision applies or not."""


class Reading:
    """One provision read for one subject on one day.

    `shift` is set while the provision is not in force: (its file, the day on which it is read). What it refers to
    is then read on that day too, and drafts of the same file count, so that a coming rule is judged as it will be.
    """

    __slots__ = ("day", "engine", "inputs", "shift", "since", "subject", "trace")

    def __init__(
        self,
        engine: Engine,
        subject: Subject,
        day: Span,
        trace: list[Reason] | None = None,
        shift: Shift = None,
    ) -> None:
        self.engine, self.subject, self.day, self.trace, self.shift = engine, subject, day, trace, shift
        self.inputs: list[Input] = []
        self.since: int | None = None

    def who(self, role: str | None) -> Subject | None:
        """The subject itself, or the one in a role."""
        return self.subject if role is None else self.subject.roles.get(role)

    def called(self, role: str | None) -> str:
        """Name under which a missing fact is asked for."""
        found = self.who(role)
        return found.name if found is not None else f"{self.subject.name}.{role}"


Truths = Callable[[Reading], Truth]
Numbers = Callable[[Reading], Span]


def _traced(kind: str, parts: Sequence[Truths], combine: Callable[[Sequence[Truth]], Truth]) -> Truths:
    def run(reading: Reading) -> Truth:
        outer = reading.trace
        if outer is None:
            return combine([part(reading) for part in parts])
        inner: list[Reason] = []
        reading.trace = inner
        result = combine([part(reading) for part in parts])
        reading.trace = outer
        outer.append(Reason(result, kind, tuple(inner)))  # type: ignore[arg-type]
        return result

    return run


class SubjectAlgebra:
    """Implements the walker's algebra for one subject, with ranges and Kleene's three values."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.vocabulary = scope.register.vocabulary
        self.home = scope.instrument.jurisdiction

    # -- leaves

    def constant(self, value: Fraction | int) -> Numbers:
        found = exactly(value)
        return lambda _: found

    def between(self, low: Fraction | int | None, high: Fraction | int | None) -> Numbers:
        found = Span(True, low, high)
        return lambda _: found

    def nothing(self) -> Numbers:
        return lambda _: NOTHING

    def text(self, words: str) -> Numbers:
        found = Span(True, None, None, (words,))
        return lambda _: found

    def clock(self) -> Numbers:
        return lambda reading: reading.day

    def fact(self, ref: FactRef, measure: Measure, wanted: Measure) -> Numbers:
        look_up, name = self._looked_up(ref, wanted), f"{ref} {wanted} {self.home}"
        yearly = self.scope.fact(ref).by_year

        def run(reading: Reading) -> Span:
            subject = reading.who(ref.role)
            if subject is None:
                found = UNKNOWN
            elif ref.day is not None:
                found = look_up(reading, subject)
            else:
                seen = reading.engine.facts.seen
                key = (name, subject, reading.day)
                held = seen.get(key)
                found = held if held is not None else seen.setdefault(key, look_up(reading, subject))
            if reading.trace is not None:
                years = _year_of(reading, subject, ref) if yearly and subject is not None else ()
                reading.inputs.append(Input("fact", ref.key, found, wanted, reading.called(ref.role), years=years))
            return found

        return run

    def _looked_up(self, ref: FactRef, wanted: Measure) -> Callable[[Reading, Subject], Span]:
        fact, reference = self.scope.fact(ref), self._reference(ref)

        def look_up(reading: Reading, subject: Subject) -> Span:
            facts = reading.engine.facts
            if ref.aggregate and ref.key not in subject.facts:
                return facts.over_sites(subject, ref, fact, wanted, reading.day, self.home)
            day = None if reference is None else reference(reading)
            return facts.number(facts.given(subject, ref, fact, reading.day, day), wanted)

        return look_up

    def _reference(self, ref: FactRef) -> Numbers | None:
        """The day that an index names: a value of unit `date` of the same provision."""
        if ref.day is None:
            return None
        return self.value(ValueRef(None, self.scope.address, ref.day, own=True))

    def value(self, ref: ValueRef) -> Numbers:
        measure = self.scope.measure(ref)
        stated_only = self.scope.register.provision(ref.address).values[ref.value].node is None

        def run(reading: Reading) -> Span:
            subject = reading.who(ref.role)
            if reading.trace is None and ref.own:
                return reading.engine.own_value(reading, ref.address, ref.value)
            since, reading.since = reading.since, None
            if subject is None:
                found = UNKNOWN
            elif ref.own:
                found = self._quietly(reading, ref)
            else:
                found = reading.engine.result(subject, ref.address, ref.value, reading.shift)
            if reading.trace is not None:
                reading.inputs.append(
                    Input("value", ref.value, found, measure, address=ref.address, since=reading.since)
                )
                if stated_only and not found.point and found.exists is not False:
                    reading.inputs.append(
                        Input("fact", f"{ref.address}.{ref.value}", found, measure, reading.called(ref.role))
                    )
                if subject is not None and not ref.own and not found.point:
                    reading.inputs.extend(reading.engine.waits_for(subject, ref.address, ref.value, reading.shift))
            reading.since = since
            return found

        return run

    @staticmethod
    def _quietly(reading: Reading, ref: ValueRef) -> Span:
        """The value's own inputs are not part of the comparison that uses it, unless a fact is missing there."""
        outer, reading.inputs = reading.inputs, []
        found = reading.engine.own_value(reading, ref.address, ref.value)
        reading.inputs = outer + [entry for entry in reading.inputs if entry.missing]
        return found

    def convert(self, number: Numbers, given: Measure, wanted: Measure) -> Numbers:
        def run(reading: Reading) -> Span:
            factor = self.scope.register.units.factor(given, wanted, reading.engine.as_of)
            found = number(reading)
            return Span(found.exists, None, None) if factor is None else ranges.stretch(found, *factor)

        return run

    # -- conditions

    def flag(self, ref: FactRef) -> Truths:
        fact = self.scope.fact(ref)

        def run(reading: Reading) -> Truth:
            subject = reading.who(ref.role)
            found: Truth = None
            if subject is not None and ref.aggregate:
                found = reading.engine.facts.any_site(subject, ref, self.home)
            elif subject is not None:
                given = reading.engine.facts.given(subject, ref, fact, reading.day, None)
                found = given.value if isinstance(given, Plain) and isinstance(given.value, bool) else None
            if reading.trace is not None:
                entry = Input("fact", ref.key, UNKNOWN, PLAIN, reading.called(ref.role), given=found)
                reading.trace.append(Reason(found, "flag", left=(entry,)))
            return found

        return run

    def applies(self, ref: ProvisionRef) -> Truths:
        def run(reading: Reading) -> Truth:
            subject = reading.who(ref.role)
            found = None if subject is None else reading.engine.truth(subject, ref.address, reading.shift)
            if reading.trace is not None:
                reading.trace.append(self._because(reading, ref, subject, found))
            return found

        return run

    def _because(self, reading: Reading, ref: ProvisionRef, subject: Subject | None, found: Truth) -> Reason:
        if subject is None:
            entry = Input("fact", str(ref.address), UNKNOWN, PLAIN, reading.called(ref.role))
            return Reason(None, "provision", left=(entry,), address=ref.address)
        inner = reading.engine.explain(subject, ref.address, reading.shift)
        return Reason(found, "provision", (inner,), address=ref.address)

    def is_a(self, ref: FactRef, wanted: tuple[str, ...]) -> Truths:
        fact, test = self.scope.fact(ref), self._membership(wanted)

        def run(reading: Reading) -> Truth:
            subject = reading.who(ref.role)
            given = None
            if subject is not None:
                given = categories(reading.engine.facts.given(subject, ref, fact, reading.day, None))
            if given is None:
                found = None
            else:
                found = test(given[0]) if len(given) == 1 else ranges.some([test(name) for name in given])
            if reading.trace is not None:
                kept = given if found is not None else None
                entry = Input("fact", ref.key, UNKNOWN, PLAIN, reading.called(ref.role), given=kept)
                reading.trace.append(Reason(found, "is_a", left=(entry,), categories=wanted))
            return found

        return run

    def _membership(self, wanted: tuple[str, ...]) -> Callable[[str], Truth]:
        """Test of one category: a kind of it, above it (then open), or apart."""
        ancestors = self.vocabulary.ancestors
        above = frozenset().union(*(ancestors[name] for name in wanted)) - frozenset(wanted)
        within, memo = frozenset(wanted), dict[str, Truth]()

        def test(name: str) -> Truth:
            if name not in memo:
                memo[name] = True if ancestors.get(name, frozenset()) & within else (None if name in above else False)
            return memo[name]

        return test

    def every(self, parts: Sequence[Truths]) -> Truths:
        return _traced("and", parts, ranges.every)

    def some(self, parts: Sequence[Truths]) -> Truths:
        return _traced("or", parts, ranges.some)

    def negate(self, part: Truths) -> Truths:
        return _traced("not", [part], lambda results: ranges.negate(results[0]))

    def at_least(self, count: int, parts: Sequence[Truths]) -> Truths:
        return _traced("at_least", parts, lambda results: ranges.at_least(count, results))

    def compare(self, sign: Comparison, left: Numbers, right: Numbers) -> Truths:
        def run(reading: Reading) -> Truth:
            if reading.trace is None:
                return ranges.compare(sign, left(reading), right(reading))
            outer, reading.inputs = reading.inputs, []
            ours = left(reading)
            mine, reading.inputs = reading.inputs, []
            theirs = right(reading)
            found = ranges.compare(sign, ours, theirs)
            yours = reading.inputs or [Input("figure", "", theirs, PLAIN)]
            reading.inputs = outer + [entry for entry in (*mine, *yours) if entry.missing and found is None]
            reading.trace.append(Reason(found, "compare", left=tuple(mine), right=tuple(yours), sign=sign))
            return found

        return run

    # -- numbers

    def add(self, left: Numbers, right: Numbers) -> Numbers:
        return lambda reading: ranges.add(left(reading), right(reading))

    def subtract(self, left: Numbers, right: Numbers) -> Numbers:
        return lambda reading: ranges.add(left(reading), ranges.opposite(right(reading)))

    def multiply(self, left: Numbers, right: Numbers) -> Numbers:
        return lambda reading: ranges.multiply(left(reading), right(reading))

    def scale(self, number: Numbers, factor: Fraction) -> Numbers:
        return lambda reading: ranges.scale(number(reading), factor)

    def ceil(self, number: Numbers) -> Numbers:
        return lambda reading: ranges.round_up(number(reading))

    def floor(self, number: Numbers) -> Numbers:
        return lambda reading: ranges.round_down(number(reading))

    def least(self, parts: Sequence[Numbers]) -> Numbers:
        return lambda reading: ranges.least([part(reading) for part in parts])

    def most(self, parts: Sequence[Numbers]) -> Numbers:
        return lambda reading: ranges.most([part(reading) for part in parts])

    def total(self, parts: Sequence[Numbers]) -> Numbers:
        return lambda reading: ranges.total([part(reading) for part in parts])

    # -- trees

    def choose(self, rows: Sequence[tuple[Truths | None, Numbers]]) -> Numbers:
        """First true row wins, and counts only when all earlier ones are false: else everything it may be."""

        def run(reading: Reading) -> Span:
            possible: list[Span] = []
            for test, part in rows:
                truth = True if test is None else self._test(test, reading)
                if truth is not False:
                    possible.append(part(reading))
                if truth is True:
                    return ranges.union(possible)
            return ranges.union([*possible, NOTHING])

        return run

    @staticmethod
    def _test(test: Truths, reading: Reading) -> Truth:
        """Tests inside a tree leave no reasons, but what they miss is missing."""
        if reading.trace is None:
            return test(reading)
        outer, reading.trace = reading.trace, []
        truth = test(reading)
        missing = [entry for reason in reading.trace for entry in _open_inputs(reason)]
        reading.trace = outer
        reading.inputs.extend(missing)
        return truth

    def dated(self, entries: Sequence[tuple[date, date, Numbers]]) -> Numbers:
        steps = [(exactly_between(first, last), first.toordinal(), part) for first, last, part in entries]

        def run(reading: Reading) -> Span:
            possible: list[Span] = []
            for start, first, part in reversed(steps):
                begun = ranges.compare(">=", reading.day, start)
                if begun is not False:
                    possible.append(part(reading))
                if begun is True:
                    reading.since = first
                    return ranges.union(possible)
            return ranges.union([*possible, NOTHING])

        return run

    def announced(self, entries: Sequence[tuple[date, date, Numbers]]) -> Numbers:
        """The last entry heard of; one whose day is only known as a range may or may not have been heard."""

        def run(reading: Reading) -> Span:
            known_on = reading.engine.known_on
            sure = [part for _, last, part in entries if last <= known_on]
            perhaps = [part for first, last, part in entries if first <= known_on < last]
            heard = [*sure[-1:], *perhaps]
            if not sure and perhaps:
                return ranges.union([UNKNOWN, *(part(reading) for part in perhaps)])
            return ranges.union([part(reading) for part in heard]) if heard else UNKNOWN

        return run

    def after(self, day: Numbers, months: int | None, days: int | None, at_month_end: bool) -> Numbers:
        def step(end: ranges.End) -> ranges.End:
            if end is None:
                return None
            start = date.fromordinal(int(end))
            later = add_months(start, months) if months is not None else date.fromordinal(int(end) + (days or 0))
            return (month_end(later) if at_month_end else later).toordinal()

        def run(reading: Reading) -> Span:
            start = day(reading)
            return Span(start.exists, step(start.low), step(start.high))

        return run

    def yearly(self, month: int, day: int) -> Numbers:
        """The first such day on or after the clock's day."""

        def next_one(end: ranges.End) -> ranges.End:
            if end is None:
                return None
            asked = date.fromordinal(int(end))
            due = _same_day(asked.year, month, day)
            return (due if due >= asked else _same_day(asked.year + 1, month, day)).toordinal()

        return lambda reading: Span(True, next_one(reading.day.low), next_one(reading.day.high))


def _same_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, month_end(date(year, month, 1)).day))


def exactly_between(first: date, last: date) -> Span:
    """A day, or any day of a year."""
    return Span(True, first.toordinal(), last.toordinal())


def _open_inputs(reason: Reason) -> list[Input]:
    if reason.result is not None:
        return []
    own = [entry for entry in (*reason.left, *reason.right) if entry.missing]
    return own + [entry for part in reason.parts for entry in _open_inputs(part)]


def _year_of(reading: Reading, subject: Subject, ref: FactRef) -> tuple[int, ...]:
    """The financial year of which a fact by year is asked; none where the day is open."""
    if not reading.day.point or reading.day.low is None:
        return ()
    return (reading.engine.facts.last_closed(subject, int(reading.day.low)) + (ref.back or 0),)
