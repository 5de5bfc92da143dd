"""Provisions made ready to be asked: their conditions, dates and values as functions, once per register."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from rambu.expressions.evaluate import Numbers, SubjectAlgebra, Truths
from rambu.expressions.resolve import FactRef, Scope
from rambu.expressions.span import Span
from rambu.expressions.trees import Walker
from rambu.model.base import first_day
from rambu.model.instrument import Instrument, Provision
from rambu.model.value import Announced, Dated, Node, children
from rambu.phase import Life, Step, steps_of
from rambu.register import Address, Register


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
    fixed: bool
    heard: tuple[tuple[date, str], ...]
    """Days of announcements and events, with their text in the file, the last one last."""


class Outline(NamedTuple):
    """What decides, before anything is worked out, whether a provision may concern somebody."""

    address: Address
    kind: str
    jurisdiction: str
    anywhere: bool


@dataclass(frozen=True)
class Rules:
    """All rules of a register, each compiled when it is first asked for."""

    register: Register
    _ready: dict[Address, Rule] = field(default_factory=dict)
    lives: dict[tuple[object, ...], Life] = field(default_factory=dict)

    def rule(self, address: Address) -> Rule:
        """The compiled provision at an address. Raises KeyError, and ExpressionError if it cannot be compiled."""
        found = self._ready.get(address)
        if found is None:
            found = self._ready[address] = compile_rule(self.register, address, self.overriders.get(address, ()))
        return found

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """Every provision in outline, in the order of addresses."""
        return tuple(
            Outline(
                address, provision.subject, instrument.jurisdiction, instrument.extent_of(address.name) == "anywhere"
            )
            for address in self.register.addresses()
            for instrument in [self.register.instruments[address.file]]
            for provision in [instrument.provisions[address.name]]
        )

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
    trees = [provision.starts, provision.until, *(value.node for value in provision.values.values())]
    steps = steps_of(instrument, address.name)
    announced = {(first_day(day), day) for tree in trees for day in announcement_days(tree)}
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
        steps=steps,
        penalised=address_of(provision.penalty_for, address.file) if provision.penalty_for else None,
        overriders=overriders,
        fixed=all(tree is None or is_fixed(tree) for tree in (provision.starts, provision.until)),
        heard=tuple(sorted(announced | {(step.known, step.known.isoformat()) for step in steps})),
    )


def is_fixed(node: Node) -> bool:
    """Whether a tree of days is the same for every subject."""
    match node:
        case str() | int():
            return not str(node)[:1].isalpha() or node == "none"
        case Dated(dated=entries) | Announced(announced=entries):
            return all(is_fixed(part) for part in entries.values())
    return False


def announcement_days(node: Node | None) -> Iterator[str]:
    """Every day on which something in a tree was announced."""
    if isinstance(node, Announced):
        yield from node.announced
    for child in children(node):
        yield from announcement_days(child)


def places_of(scope: Scope) -> tuple[str, ...] | None:
    """The places that a provision reaches; None is anywhere. A country's own targets never leave it."""
    own = scope.provision.subject == "country"
    extent = None if own else scope.instrument.extent_of(scope.address.name)
    if extent == "anywhere":
        return None
    if extent is not None:
        return tuple(extent)
    place = scope.register.vocabulary.jurisdictions.get(scope.instrument.jurisdiction)
    return (place.place,) if place and place.place else None


def _reach(scope: Scope) -> Truths | None:
    within = places_of(scope)
    return None if within is None else SubjectAlgebra(scope).is_a(FactRef(None, "place"), within)


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
