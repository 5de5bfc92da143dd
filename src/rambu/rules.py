"""Provisions made ready to be asked: their conditions, dates and values as functions, once per register."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rambu.expressions.evaluate import Numbers, SubjectAlgebra, Truths
from rambu.expressions.resolve import FactRef, Scope
from rambu.expressions.span import Span
from rambu.expressions.walk import Walker
from rambu.model.base import first_day, last_day
from rambu.model.instrument import EventKind, Instrument, Provision
from rambu.register import Address, Register

ADOPTING = ("adopted", "promulgated", "in_force")


@dataclass(frozen=True, slots=True)
class Step:
    """An event of the history as one provision sees it, with the day from which it was known."""

    event: EventKind
    first: date
    last: date
    known: date


@dataclass(frozen=True)
class Rule:
    """One provision, compiled for the algebra of one subject."""

    address: Address
    instrument: Instrument
    provision: Provision
    reach: Truths | None
    core: Truths | None
    exception: Truths | None
    starts: Numbers | None
    until: Numbers | None
    values: dict[str, Numbers | None]
    clock: Numbers | None
    steps: tuple[Step, ...]
    penalised: Address | None
    overriders: tuple[Address, ...]


@dataclass(frozen=True)
class Rules:
    """All rules of a register, each compiled when it is first asked for."""

    register: Register
    _ready: dict[Address, Rule] = field(default_factory=dict)

    def rule(self, address: Address) -> Rule:
        """The compiled provision at an address. Raises KeyError, and ExpressionError if it cannot be compiled."""
        if address not in self._ready:
            self._ready[address] = compile_rule(self.register, address, self.overriders.get(address, ()))
        return self._ready[address]

    @cached_property
    def overriders(self) -> dict[Address, tuple[Address, ...]]:
        """provision -> those that displace it."""
        found: dict[Address, tuple[Address, ...]] = {}
        for address in self.register.addresses():
            for name in self.register.provision(address).overrides:
                target = address_of(name, address.file)
                found[target] = (*found.get(target, ()), address)
        return found


def address_of(name: str, file: str) -> Address:
    """`provision` of this file, or `file/id.provision` of another."""
    other, dot, local = name.rpartition(".")
    return Address(other, local) if dot and "/" in other else Address(file, name)


def compile_rule(register: Register, address: Address, overriders: tuple[Address, ...] = ()) -> Rule:
    """Compile one provision. Raises ExpressionError."""
    scope = Scope(register, address)
    walker = Walker(scope, SubjectAlgebra(scope))
    provision, instrument = scope.provision, scope.instrument
    return Rule(
        address=address,
        instrument=instrument,
        provision=provision,
        reach=_reach(scope),
        core=walker.condition(provision.applies_when) if provision.applies_when else None,
        exception=walker.condition(provision.unless) if provision.unless else None,
        starts=None if provision.starts is None else walker.days(provision.starts),
        until=None if provision.until is None else walker.days(provision.until),
        values={name: walker.value(value) for name, value in provision.values.items()},
        clock=_clock(scope, walker.algebra),
        steps=steps_of(instrument, address.name),
        penalised=address_of(provision.penalty_for, address.file) if provision.penalty_for else None,
        overriders=overriders,
    )


def _reach(scope: Scope) -> Truths | None:
    """Where the provision reaches: by place, or (None) anywhere."""
    extent = scope.instrument.extent_of(scope.address.name)
    if extent == "anywhere":
        return None
    place = scope.register.vocabulary.jurisdictions.get(scope.instrument.jurisdiction)
    within = tuple(extent) if extent else ((place.place,) if place and place.place else ())
    return SubjectAlgebra(scope).is_a(FactRef(None, "place"), within) if within else None


def _clock(scope: Scope, algebra: object) -> Numbers | None:
    clock = scope.provision.clock
    if clock == "as_of":
        return None
    assert isinstance(algebra, SubjectAlgebra)
    ref = FactRef(None, clock)
    measure = scope.measure(ref) if clock != "fy_end" else scope.measure(FactRef(None, "fy_start"))
    number = algebra.fact(ref, measure, measure)
    return _first_of_january(number) if clock == "year" else number


def _first_of_january(number: Numbers) -> Numbers:
    """`clock: year` means 1 January of that year."""

    def run(reading: object) -> Span:
        year = number(reading)  # type: ignore[arg-type]
        low = None if year.low is None else date(int(year.low), 1, 1).toordinal()
        high = None if year.high is None else date(int(year.high), 1, 1).toordinal()
        return Span(year.exists, low, high)

    return run


def steps_of(instrument: Instrument, name: str) -> tuple[Step, ...]:
    """Events that concern a provision, each with the day from which it was known.

    Without `announced`, an entry into force or expiry was known since the instrument was adopted, everything else
    since its own day.
    """
    events = [event for event in instrument.history if not event.provisions or name in event.provisions]
    adopted = min((first_day(event.date) for event in events if event.event in ("adopted", "promulgated")), default=None)
    return tuple(
        Step(
            event.event,
            first_day(event.date),
            last_day(event.date),
            first_day(event.announced) if event.announced else _known(event.event, first_day(event.date), adopted),
        )
        for event in sorted(events, key=lambda event: first_day(event.date))
    )


def _known(event: EventKind, day: date, adopted: date | None) -> date:
    scheduled = event in ("in_force", "expired") and adopted is not None
    return min(day, adopted) if scheduled and adopted else day
