"""What an investment qualifies for, and what it still lacks to qualify for more: thresholds that are not yet reached.

Only what is offered is looked at. A provision that fails on thresholds alone is near: each of them is said with the
distance to go. One that fails on anything else (another activity, another country, a status denied) is out of reach.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rambu.assess import Assessment, Finding, Missing
from rambu.engine import Assessing
from rambu.expressions.facts import Facts
from rambu.expressions.reasons import Input, Reason
from rambu.expressions.span import Span, add, exactly, opposite
from rambu.expressions.subject import Amount, Subject
from rambu.model.value import Band, Bands, Node, children
from rambu.units import DATE, Measure

OFFERS = ("incentive", "opportunity")
FLIPPED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}


class Step(NamedTuple):
    """One threshold that is missed: the fact, what it is, what is asked, and how far away that is."""

    subject: str
    fact: str
    sign: str
    have: Span
    wanted: Span
    distance: Span
    measure: Measure


class Tier(NamedTuple):
    """The next tier of a value that grows with a fact: from where, how far away that is, and what it gives."""

    value: str
    fact: str
    edge: Span
    distance: Span
    measure: Measure
    gives: Span
    unit: str


class Near(NamedTuple):
    """An offer that is out of reach only for thresholds, with what each of them asks."""

    finding: Finding
    steps: tuple[Step, ...]
    needs: frozenset[Missing]


class Qualified(NamedTuple):
    """What is offered and applies, what waits for facts, and what is near."""

    applies: tuple[Finding, ...]
    open: tuple[Finding, ...]
    near: tuple[Near, ...]


def qualify(assessment: Assessment, subjects: Iterable[str]) -> Qualified:
    """What is offered to these subjects, sorted by how near it is; rules that are over are left out."""
    wanted = frozenset(subjects)
    offers = [found for found in assessment.findings if found.subject in wanted and _offered(found)]
    return Qualified(
        applies=tuple(found for found in offers if found.verdict == "applies"),
        open=tuple(found for found in offers if found.verdict == "unknown"),
        near=tuple(Near(found, steps, undecided(found)) for found in offers if (steps := missed(found))),
    )


def _offered(found: Finding) -> bool:
    return found.provision.kind in OFFERS and found.phase in ("in_force", "coming", "proposed", "unknown")


def missed(found: Finding) -> tuple[Step, ...]:
    """The thresholds on which alone a finding fails; none where something else stands in the way."""
    if found.verdict != "does_not_apply" or found.reason is None:
        return ()
    ways = list(_ways(found.reason))
    return min(ways, key=len) if ways else ()


def undecided(found: Finding) -> frozenset[Missing]:
    """Facts that are open besides the thresholds that are missed: reaching these is then not yet enough."""
    return frozenset().union(*_open(found.reason)) if found.reason is not None else frozenset()


def _open(reason: Reason) -> Iterator[frozenset[Missing]]:
    if reason.result is None:
        yield reason.missing()
    else:
        for part in reason.parts:
            yield from _open(part)


def _ways(reason: Reason) -> Iterator[tuple[Step, ...]]:
    """Every set of thresholds that would turn a step, were they reached; nothing where none would."""
    if reason.result is not False:
        yield ()
        return
    if reason.kind in ("and", "provision") and reason.parts:
        yield from _together([list(_ways(part)) for part in reason.parts])
    elif reason.kind == "or":
        for part in reason.parts:
            yield from _ways(part)
    elif reason.kind == "compare" and (step := _step(reason)) is not None:
        yield (step,)


def _together(ways: list[list[tuple[Step, ...]]]) -> Iterator[tuple[Step, ...]]:
    """The shortest way through every part, if each has one."""
    if all(ways):
        yield tuple(step for part in ways for step in min(part, key=len))


def _step(reason: Reason) -> Step | None:
    """A comparison of one fact of the profile with a figure."""
    if reason.sign not in FLIPPED or len(reason.left) != 1 or len(reason.right) != 1:
        return None
    (left,), (right,), sign = reason.left, reason.right, reason.sign
    if left.kind != "fact" and right.kind == "fact":
        left, right, sign = right, left, FLIPPED[sign]
    return _between(left, right, sign) if left.kind == "fact" and right.kind != "fact" else None


def _between(fact: Input, wanted: Input, sign: str) -> Step | None:
    if fact.measure == DATE or fact.span.low is None or wanted.span.low is None or fact.given is not None:
        return None
    distance = add(wanted.span, opposite(fact.span)) if sign in (">=", ">") else add(fact.span, opposite(wanted.span))
    return Step(fact.subject, fact.name, sign, fact.span, wanted.span, distance, fact.measure)


# -- tiers of what already applies


def next_tiers(assessing: Assessing, subject: Subject, found: Finding) -> Iterator[Tier]:
    """For every value with bands by one fact: the nearest edge above what is given at which the value changes."""
    for name, value in found.provision.values.items():
        for bands in _bands(value.node):
            tier = _tier(assessing, subject, found, name, bands)
            if tier is not None:
                yield tier


def _bands(node: Node | None) -> Iterator[Bands]:
    if isinstance(node, Bands):
        yield node
    for child in children(node):
        yield from _bands(child)


def _tier(assessing: Assessing, subject: Subject, found: Finding, name: str, bands: Bands) -> Tier | None:
    vocabulary = assessing.rules.register.vocabulary
    fact = vocabulary.facts.get(bands.by)
    held = subject.facts.get(bands.by)
    if fact is None or not isinstance(held, Amount):
        return None
    currency = vocabulary.jurisdictions[found.jurisdiction].currency
    unit = (currency or "USD") if fact.type == "money" else fact.unit or "count"
    measure = assessing.rules.register.units.measure(unit)
    have = Facts(assessing.rules.register.units, assessing.as_of, lambda *_: None).number(held, measure)
    now = _value_at(assessing, subject, found, name)
    for edge in _edges(bands):
        if have.high is None or have.low is None or edge <= have.high:
            continue
        there = replace(subject, facts={**subject.facts, bands.by: Amount(exactly(edge), measure, unit)})
        gives = _value_at(assessing, there, found, name)
        if gives != now:
            distance = add(exactly(edge), opposite(have))
            return Tier(name, bands.by, exactly(edge), distance, measure, gives, found.provision.values[name].unit)
    return None


def _edges(bands: Bands) -> list[int]:
    """First whole number of every band after the first."""
    return sorted(edge for band in bands.bands if (edge := _edge(band)) is not None)


def _edge(band: Band) -> int | None:
    if isinstance(band.below, int):
        return band.below
    return band.to + 1 if isinstance(band.to, int) else None


def _value_at(assessing: Assessing, subject: Subject, found: Finding, name: str) -> Span:
    return assessing.own_value(assessing.reading(subject, found.address), found.address, name)
