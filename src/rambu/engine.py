"""Verdicts, phases and values of provisions for subjects, each worked out once in an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from rambu.errors import RambuError
from rambu.expressions.evaluate import Reading, Shift
from rambu.expressions.facts import Facts, financial_year
from rambu.expressions.reasons import Input, Reason
from rambu.expressions.span import NOTHING, UNKNOWN, Span, Truth, every, exactly, negate, some
from rambu.expressions.subject import Subject
from rambu.phase import Life, life
from rambu.register import Address
from rambu.rules import Rule, Rules
from rambu.units import PLAIN

MOST_LIVES = 50_000
FINANCIAL_CLOCKS = ("fy_start", "fy_end")
OPERATORS = ("operator", "producer", "investor", "employer")


Key = tuple[Subject, Address, Shift]


class Outcome(NamedTuple):
    """What came out for one provision and one subject."""

    verdict: Truth
    reach: Truth
    unless_open: bool
    overridden: Truth
    life: Life

    def counts(self, draft: bool = False) -> Truth:
        """Applies and is in force: what its name means in an expression; within a draft, as if it were in force."""
        if draft and self.life.phase == "proposed":
            return self.verdict
        if self.life.phase == "unknown":
            return every((self.verdict, None))
        return every((self.verdict, self.life.phase == "in_force"))


@dataclass(eq=False)
class Assessing:
    """One assessment under way: the rules, the two days, and everything worked out so far."""

    rules: Rules
    as_of: date
    known_on: date
    reasons: bool = False
    assumed: dict[tuple[str, str], str] = field(default_factory=dict)
    _outcomes: dict[Key, Outcome | None] = field(default_factory=dict)  # None: under way
    _reasons: dict[Key, Reason] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = Facts(self.rules.register.units, self.as_of, self._assume)
        self.today = exactly(self.as_of.toordinal())

    def _assume(self, subject: Subject, fact: str, text: str) -> None:
        self.assumed[subject.name, fact] = text

    # -- what expressions ask of an assessment

    def truth(self, subject: Subject, address: Address, shift: Shift = None) -> Truth:
        """Whether a provision applies to a subject (or to one of a company's sites) and is in force."""
        stated = subject.results.get((address, None))
        if isinstance(stated, bool):
            return stated
        wanted = self.rules.rule(address).provision.subject
        if wanted == subject.kind:
            draft = shift is not None and shift[0] == address.file
            return self.outcome(subject, address, shift).counts(draft)
        return self._elsewhere(subject, wanted, address, shift)

    def _elsewhere(self, subject: Subject, wanted: str, address: Address, shift: Shift) -> Truth:
        """The provision is about another kind of subject: a company's sites, or the one who runs this one."""
        if subject.kind == "company" and wanted == "site":
            found = some([self.truth(site, address, shift) for site in subject.sites])
            return found if found or subject.sites_complete else None
        owner = self._owner(subject, wanted)
        return None if owner is None else self.truth(owner, address, shift)

    @staticmethod
    def _owner(subject: Subject, wanted: str) -> Subject | None:
        owners = (subject.roles.get(role) for role in OPERATORS)
        return next((owner for owner in owners if owner is not None and owner.kind == wanted), None)

    def result(self, subject: Subject, address: Address, value: str, shift: Shift = None) -> Span:
        """A value of a provision for a subject: none where it does not apply, open where that is open."""
        stated = subject.results.get((address, value))
        if isinstance(stated, Span):
            return stated
        wanted = self.rules.rule(address).provision.subject
        if wanted != subject.kind:
            owner = self._owner(subject, wanted)
            return Span(None, None, None) if owner is None else self.result(owner, address, value, shift)
        counts = self.truth(subject, address, shift)
        if counts is False:
            return NOTHING
        found = self.own_value(self.reading(subject, address, shift), address, value)
        return found if counts or found.exists is False else Span(None, found.low, found.high, found.words)

    def waits_for(self, subject: Subject, address: Address, value: str, shift: Shift = None) -> list[Input]:
        """Missing facts that a value of another provision still turns on: its own, and those of its verdict."""
        if self.rules.rule(address).provision.subject != subject.kind or (address, value) in subject.results:
            return []
        reading = self.reading(subject, address, shift)
        reading.trace = []
        self.own_value(reading, address, value)
        verdict = [_missing(*pair) for pair in sorted(self.explain(subject, address, shift).missing())]
        return [entry for entry in reading.inputs if entry.missing] + verdict

    def own_value(self, reading: Reading, address: Address, value: str) -> Span:
        """A value as it stands on the reading's day; unknown when only the subject can state it."""
        if reading.subject.results:
            stated = reading.subject.results.get((address, value))
            if isinstance(stated, Span):
                return stated
        number = self.rules.rule(address).values[value]
        return UNKNOWN if number is None else number(reading)

    def explain(self, subject: Subject, address: Address, shift: Shift = None) -> Reason:
        """Why a provision applies or not, step by step."""
        key = (subject, address, shift)
        if key not in self._reasons:
            self._reasons[key] = self._explain(subject, address, shift)
        return self._reasons[key]

    def _explain(self, subject: Subject, address: Address, shift: Shift) -> Reason:
        rule = self.rules.rule(address)
        if isinstance(stated := subject.results.get((address, None)), bool):
            return Reason(stated, "stated", address=address)
        if rule.provision.subject != subject.kind:
            return self._explain_elsewhere(subject, rule, shift)
        outcome = self.outcome(subject, address, shift)
        found = self._reasons.get((subject, address, shift))
        if found is not None:
            return found
        reading = self.reading(subject, address, shift)
        reading.trace = []
        self._verdict(rule, reading)
        return Reason(outcome.verdict, "and", tuple(reading.trace), address=address)

    def _explain_elsewhere(self, subject: Subject, rule: Rule, shift: Shift) -> Reason:
        owner = self._owner(subject, rule.provision.subject)
        truth = self.truth(subject, rule.address, shift)
        if owner is not None:
            return Reason(truth, "provision", (self.explain(owner, rule.address, shift),), address=rule.address)
        parts = tuple(self.explain(site, rule.address, shift) for site in subject.sites)
        return Reason(truth, "or", parts, address=rule.address)

    # -- one provision, one subject

    def outcome(self, subject: Subject, address: Address, shift: Shift = None) -> Outcome:
        """Verdict and phase, worked out once; `shift` reads it on the day of a rule that is not in force."""
        key = (subject, address, shift)
        found = self._outcomes.get(key)
        if found is None:
            if key in self._outcomes:
                raise RambuError.of("cycle", f"{address} rests on itself", "break the circle of references")
            self._outcomes[key] = None
            found = self._outcomes[key] = self._work_out(subject, self.rules.rule(address), shift)
        return found

    def verdict(self, subject: Subject, address: Address) -> Truth:
        """The verdict alone, whatever the phase; through the one who runs the subject where kinds differ."""
        return self.outcome(subject, address).verdict if self._has(subject, address) else self.truth(subject, address)

    def _work_out(self, subject: Subject, rule: Rule, shift: Shift) -> Outcome:
        when = self._life(subject, rule, shift)
        reading = self._read(subject, rule, when, shift)
        if self.reasons:
            reading.trace = []
        reach, verdict, unless_open, overridden = self._verdict(rule, reading)
        if reading.trace is not None:
            self._reasons[subject, rule.address, shift] = Reason(
                verdict, "and", tuple(reading.trace), address=rule.address
            )
        return Outcome(verdict, reach, unless_open, overridden, when)

    def _read(self, subject: Subject, rule: Rule, when: Life, shift: Shift) -> Reading:
        """A reading on the day on which values are read; a rule not in force carries that day to what it names."""
        if shift is None and when.phase in ("coming", "proposed", "ended"):
            shift = (rule.address.file, when.reading)
        return Reading(self, subject, when.reading, shift=shift)

    def reading(self, subject: Subject, address: Address, shift: Shift = None) -> Reading:
        """A fresh reading of a provision on the day on which its values are read."""
        return self._read(subject, self.rules.rule(address), self.outcome(subject, address, shift).life, shift)

    def clock_day(self, subject: Subject, rule: Rule, shift: Shift = None) -> Span:
        """The clock's day for the subject, or the day of the rule that refers to this one."""
        if shift is not None:
            return shift[1]
        return self.today if rule.clock is None else rule.clock(Reading(self, subject, self.today))

    def _life(self, subject: Subject, rule: Rule, shift: Shift = None) -> Life:
        """Where the provision stands; what no fact can change is worked out once per day and register."""
        day = self.clock_day(subject, rule, shift)
        if not rule.fixed or rule.penalised is not None:
            return self._own_life(subject, rule, day)
        year_end = self.facts.year_end(subject) if rule.provision.clock in FINANCIAL_CLOCKS else ""
        key = (rule.address, day.low, day.high, self.known_on, year_end)
        found = self.rules.lives.get(key)
        if found is None:
            if len(self.rules.lives) > MOST_LIVES:
                self.rules.lives.clear()
            found = self.rules.lives[key] = self._own_life(subject, rule, day)
        return found

    def _own_life(self, subject: Subject, rule: Rule, day: Span) -> Life:
        reading = Reading(self, subject, day)
        if rule.penalised is not None and rule.starts is None:
            followed = self.outcome(subject, rule.penalised).life if self._has(subject, rule.penalised) else None
            if followed is not None:
                last = rule.until(reading) if rule.until else followed.end
                return life(rule.steps, followed.start, last, day, self.known_on)
        start = None if rule.starts is None else rule.starts(reading)
        end = None if rule.until is None else rule.until(reading)
        if start is not None and rule.provision.clock == "fy_start":
            start = self._first_year(subject, start)
        return life(rule.steps, start, end, day, self.known_on)

    def _has(self, subject: Subject, address: Address) -> bool:
        return self.rules.rule(address).provision.subject == subject.kind

    def _first_year(self, subject: Subject, start: Span) -> Span:
        """The first day of the first financial year that begins on or after `from`."""
        return Span(start.exists, self._next_year(subject, start.low), self._next_year(subject, start.high))

    def _next_year(self, subject: Subject, end: object) -> int | None:
        if end is None:
            return None
        day = date.fromordinal(int(end))  # type: ignore[call-overload]
        first, last = financial_year(self.facts.year_end(subject), day)
        return (first if first == day else last + timedelta(days=1)).toordinal()

    def _verdict(self, rule: Rule, reading: Reading) -> tuple[Truth, Truth, bool, Truth]:
        """Reach, verdict, whether only an exception is open, and whether another provision displaces this one."""
        reach = True if rule.reach is None else rule.reach(reading)
        if reach is False and reading.trace is None:
            return False, False, False, False
        core = self._core(rule, reading)
        if core is not False or reading.trace is not None:
            core = every((reach, core, self._given(rule, reading)))
        if core is False and reading.trace is None:
            return reach, False, False, False
        if rule.exception is None and not rule.overriders:
            return reach, core, False, False
        exception = False if rule.exception is None else rule.exception(reading)
        if reading.trace is not None and rule.exception is not None:
            reading.trace.append(Reason(negate(exception), "not", (reading.trace.pop(),), sign="unless"))
        overridden = some([self.truth(reading.subject, other, reading.shift) for other in rule.overriders])
        if reading.trace is not None and rule.overriders:
            reading.trace.extend(self._displaced(reading, other) for other in rule.overriders)
        verdict = every((core, negate(exception), negate(overridden)))
        return reach, verdict, core is True and exception is None and verdict is None, overridden

    def _displaced(self, reading: Reading, other: Address) -> Reason:
        truth = self.truth(reading.subject, other, reading.shift)
        return Reason(negate(truth), "not", (Reason(truth, "provision", address=other),), address=other)

    def _core(self, rule: Rule, reading: Reading) -> Truth:
        stated = reading.subject.results.get((rule.address, None)) if reading.subject.results else None
        if isinstance(stated, bool):
            if reading.trace is not None:
                reading.trace.append(Reason(stated, "stated", address=rule.address))
            return stated
        if rule.core is not None:
            return rule.core(reading)
        if rule.penalised is not None:
            return self._follow(rule.penalised, reading)
        if rule.provision.kind != "status":
            return True
        if reading.trace is not None:
            entry = Input("fact", str(rule.address), UNKNOWN, PLAIN, reading.subject.name)
            reading.trace.append(Reason(None, "provision", left=(entry,), address=rule.address))
        return None

    def _follow(self, duty: Address, reading: Reading) -> Truth:
        """A penalty follows the verdict of its duty."""
        verdict = self.verdict(reading.subject, duty)
        if reading.trace is not None:
            reading.trace.append(Reason(verdict, "provision", (self.explain(reading.subject, duty),), address=duty))
        return verdict

    def _given(self, rule: Rule, reading: Reading) -> Truth:
        """`gives`: where the value is none, the provision does not apply."""
        if rule.provision.gives is None:
            return True
        if reading.trace is None:
            return self.own_value(reading, rule.address, rule.provision.gives).exists
        outer, reading.inputs = reading.inputs, []
        found = self.own_value(reading, rule.address, rule.provision.gives).exists
        entry = Input("value", rule.provision.gives, Span(found, None, None), PLAIN, address=rule.address)
        missing = tuple(item for item in reading.inputs if item.missing) if found is None else ()
        reading.inputs = outer
        reading.trace.append(Reason(found, "compare", left=(entry, *missing), sign="exists"))
        return found


def _missing(subject: str, fact: str) -> Input:
    return Input("fact", fact, UNKNOWN, PLAIN, subject)


def contradictions(assessing: Assessing, subject: Subject) -> Mapping[Address, tuple[bool, bool]]:
    """Results that a subject states and that its own facts contradict: address -> (stated, computed)."""
    found: dict[Address, tuple[bool, bool]] = {}
    for (address, value), stated in subject.results.items():
        rule = assessing.rules.rule(address)
        if (
            value is not None
            or not isinstance(stated, bool)
            or rule.core is None
            or rule.provision.subject != subject.kind
        ):
            continue
        computed = rule.core(assessing.reading(subject, address))
        if computed is not None and computed is not stated:
            found[address] = (stated, computed)
    return found
