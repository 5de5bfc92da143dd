"""Tables of subjects -> verdicts and values, by the same rules compiled to columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor

import narwhals as nw

from rambu.engine import Assessing
from rambu.expressions.column import Column, Truth, every, negate, some
from rambu.expressions.columns import ColumnAlgebra, Need, column_name
from rambu.expressions.evaluate import Reading, SubjectAlgebra
from rambu.expressions.resolve import FactRef, ProvisionRef, Scope, ValueRef
from rambu.expressions.span import Span
from rambu.expressions.subject import Subject
from rambu.expressions.trees import Walker
from rambu.register import Address, Register
from rambu.rules import Rules, address_of, places_of
from rambu.units import DATE

Cells = dict[str, list[float | bool | None]]


@dataclass
class ProvisionColumns:
    """One provision compiled to columns for two fixed days; `needs` are the columns that the table must have."""

    register: Register
    address: Address
    as_of: date
    known_on: date
    needs: dict[str, Need] = field(default_factory=dict)
    _values: dict[str, Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scope = Scope(self.register, self.address)
        algebra = ColumnAlgebra(self.scope, self.as_of, self.known_on, self.needs, self._inline)
        self.walker: Walker[Truth, Column] = Walker(self.scope, algebra)

    def _inline(self, ref: ValueRef) -> Column:
        return self.value(ref.value)

    def value(self, name: str) -> Column:
        """A value as columns. Raises NotColumnsError where columns cannot hold it."""
        if name not in self._values:
            found = self.walker.value(self.scope.provision.values[name])
            self._values[name] = Column(True, None, None) if found is None else found
        return self._values[name]

    def condition(self, stated: bool = False) -> Truth:
        """`applies_when` and not `unless`, and what `gives` decides; without reach and dates.

        With `stated`, a result that a subject states stands for the condition.
        """
        provision = self.scope.provision
        core = self.walker.condition(provision.applies_when) if provision.applies_when else self._unconditional()
        core = self._or_stated(core) if stated else core
        exception = self.walker.condition(provision.unless) if provision.unless else False
        given = self.value(provision.gives).exists if provision.gives else True
        return every((core, negate(exception), given))

    def _unconditional(self) -> Truth:
        """No condition: a status is stated, a penalty follows its duty, anything else is true."""
        provision = self.scope.provision
        if provision.penalty_for:
            return self._verdict_of(address_of(provision.penalty_for, self.address.file))
        return self._verdict_of(self.address) if provision.kind == "status" else True

    def _or_stated(self, core: Truth) -> Truth:
        yes, no = (self._column(kind, self.address) for kind in ("stated_yes", "stated_no"))
        return some((yes, every((negate(no), core))))

    def _verdict_of(self, address: Address) -> Truth:
        return self._column("verdict", address)

    def _column(self, kind: str, address: Address) -> Truth:
        need = Need(kind, ProvisionRef(None, address))
        self.needs[column_name(need)] = need
        return nw.col(column_name(need))

    def verdict(self, overriders: Iterable[Address] = ()) -> Truth:
        """The whole verdict: the condition, where it reaches, and what displaces it."""
        algebra = self.walker.algebra
        displaced = some([algebra.applies(ProvisionRef(None, other)) for other in overriders])
        return every((self._reach(), self.condition(stated=True), negate(displaced)))

    def _reach(self) -> Truth:
        within = places_of(self.scope)
        if within is None:
            return True
        return self.walker.algebra.is_a(FactRef(None, "place"), within)


def cells(needs: Mapping[str, Need], subjects: Sequence[Subject], assessing: Assessing, address: Address) -> Cells:
    """The needed columns, filled for these subjects by the algebra of one subject."""
    scope = Scope(assessing.rules.register, address)
    rule = assessing.rules.rule(address)
    readings = [Reading(assessing, subject, assessing.clock_day(subject, rule)) for subject in subjects]
    found: Cells = {}
    for name, need in needs.items():
        found |= _filled(name, need, scope, readings, assessing)
    return found


def _filled(name: str, need: Need, scope: Scope, readings: list[Reading], assessing: Assessing) -> Cells:
    algebra = SubjectAlgebra(scope)
    if need.kind == "number" and isinstance(need.ref, FactRef):
        measure = DATE if need.wanted == DATE else scope.measure(need.ref)
        return _ends(name, [algebra.fact(need.ref, measure, need.wanted)(reading) for reading in readings], need.parts)
    if need.kind == "result" and isinstance(need.ref, ValueRef):
        return _ends(name, [algebra.value(need.ref)(reading) for reading in readings], need.parts)
    if need.kind == "flag" and isinstance(need.ref, FactRef):
        return {name: [algebra.flag(need.ref)(reading) for reading in readings]}
    if need.kind == "is_a" and isinstance(need.ref, FactRef):
        return {name: [algebra.is_a(need.ref, need.categories)(reading) for reading in readings]}
    assert isinstance(need.ref, ProvisionRef)
    if need.kind in ("stated_yes", "stated_no"):
        stated = need.kind == "stated_yes"
        return {name: [reading.subject.results.get((need.ref.address, None)) is stated for reading in readings]}
    if need.kind == "verdict":
        return {name: [assessing.verdict(reading.subject, need.ref.address) for reading in readings]}
    return {name: [algebra.applies(need.ref)(reading) for reading in readings]}


def _ends(name: str, spans: list[Span], parts: int) -> Cells:
    """Ends in whole parts; what is finer than a part is rounded outward, so that nothing is decided wrongly."""
    return {
        f"{name}__exists": [span.exists for span in spans],
        f"{name}__low": [None if span.low is None else float(floor(Fraction(span.low) * parts)) for span in spans],
        f"{name}__high": [None if span.high is None else float(ceil(Fraction(span.high) * parts)) for span in spans],
    }


def verdicts(
    rules: Rules, address: Address, subjects: Sequence[Subject], as_of: date, known_on: date
) -> list[bool | None]:
    """Verdicts of one provision for many subjects, on Polars. Raises NotColumnsError."""
    import polars as pl

    compiled = ProvisionColumns(rules.register, address, as_of, known_on)
    truth = compiled.verdict(rules.overriders.get(address, ()))
    if not isinstance(truth, nw.Expr):
        return [truth] * len(subjects)
    table = nw.from_native(
        pl.DataFrame(
            cells(compiled.needs, subjects, Assessing(rules, as_of, known_on), address),
            schema=schema(compiled.needs),
        )
    )
    found: list[bool | None] = table.select(truth.alias("verdict"))["verdict"].to_list()
    return found


def schema(needs: Mapping[str, Need]) -> dict[str, type]:
    """Polars types of the needed columns."""
    import polars as pl

    found: dict[str, type] = {}
    for name, need in needs.items():
        if need.kind in ("number", "result"):
            found |= {f"{name}__exists": pl.Boolean, f"{name}__low": pl.Float64, f"{name}__high": pl.Float64}
        else:
            found[name] = pl.Boolean
    return found
