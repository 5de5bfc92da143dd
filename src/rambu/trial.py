"""One file tried on a profile: each finding, and the way that was taken through each of its trees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rambu.assess import Finding, country, finding
from rambu.engine import Assessing
from rambu.expressions.evaluate import Numbers, Reading, SubjectAlgebra, Truths
from rambu.expressions.resolve import Scope
from rambu.expressions.subject import Subject
from rambu.expressions.trees import Walker
from rambu.model.value import Announced, Band, Bands, Cases, Dated, Node, Row, Rows
from rambu.profile import Profile
from rambu.register import Register
from rambu.rules import Rules
from rambu.units import TEXT


@dataclass(frozen=True, slots=True)
class Step:
    """A branch that is taken, or (where a fact is missing) may be taken."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A finding and its ways: `from`, `until` or the name of a value -> steps."""

    finding: Finding
    ways: dict[str, tuple[Step, ...]]


def trial(register: Register, home: str, profile: Profile, as_of: date, known_on: date) -> Iterator[Tried]:
    """Every provision of one file, for every subject of its kind, wherever that is."""
    assessing = Assessing(Rules(register), as_of, known_on)
    instrument = register.instrument(home)
    subjects = [*profile.all_subjects(), country(register, instrument.jurisdiction)]
    for address in register.addresses():
        if address.file != instrument.id:
            continue
        for subject in subjects:
            if subject.kind == instrument.provisions[address.name].subject:
                found = finding(assessing, subject, address, assessing.outcome(subject, address), reasons=True)
                yield Tried(found, dict(_ways(assessing, subject, found)))


def _ways(assessing: Assessing, subject: Subject, found: Finding) -> Iterator[tuple[str, tuple[Step, ...]]]:
    scope = Scope(assessing.rules.register, found.address)
    walker = Walker(scope, SubjectAlgebra(scope))
    rule = assessing.rules.rule(found.address)
    clock = Reading(assessing, subject, assessing.clock_day(subject, rule))
    for name, tree in (("from", found.provision.starts), ("until", found.provision.until)):
        if tree is not None:
            yield name, tuple(_way(walker, clock, tree, 0))
    for name, value in found.provision.values.items():
        if value.node is not None:
            yield name, tuple(_way(walker, assessing.reading(subject, found.address), value.node, 0))


def _way(walker: Walker[Truths, Numbers], reading: Reading, node: Node, depth: int) -> Iterator[Step]:
    """The branches below a node that may be taken, each with the ways below it."""
    split = _split(node)
    if split is None:
        yield Step(depth, _leaf(node))
        return
    probe, branches = split
    taken = walker.tree(probe, TEXT)(reading)
    if not taken.words:
        yield Step(depth, "none of the branches" if taken.exists is False else "not announced yet")
    for key in taken.words:
        text, below = branches[key]
        yield Step(depth, text if len(taken.words) == 1 else f"perhaps {text}")
        yield from _way(walker, reading, below, depth + 1)


Branches = dict[str, tuple[str, Node]]


def _split(node: Node) -> tuple[Node, Branches] | None:
    """The same branching with a key at each leaf, and what each key stands for; None for a leaf."""
    match node:
        case Dated(dated=entries):
            branches = {f"#{day}": (f"since {day}", below) for day, below in entries.items()}
            return Dated(dated={day: f"#{day}" for day in entries}), branches
        case Announced(announced=entries):
            branches = {f"#{day}": (f"announced {day}", below) for day, below in entries.items()}
            return Announced(announced={day: f"#{day}" for day in entries}), branches
        case Cases():
            return _split_cases(node)
        case Bands():
            return _split_bands(node)
        case Rows():
            return _split_rows(node)
    return None


def _split_cases(node: Cases) -> tuple[Node, Branches]:
    branches: Branches = {f"#{key}": (f"{node.by} is {key}", below) for key, below in node.cases.items()}
    if node.otherwise is not None:
        branches["#"] = (f"{node.by} is anything else", node.otherwise)
    cases: dict[str, Node] = {key: f"#{key}" for key in node.cases}
    return Cases(by=node.by, cases=cases, **({} if node.otherwise is None else {"else": "#"})), branches


def _split_bands(node: Bands) -> tuple[Node, Branches]:
    branches: Branches = {}
    bands = []
    for index, band in enumerate(node.bands):
        edge = (
            f"to {band.to}"
            if band.to is not None
            else f"below {band.below}"
            if band.below is not None
            else "above all edges"
        )
        branches[f"#{index}"] = (f"{node.by}: {edge}", band.node)
        bands.append(Band(to=band.to, below=band.below, **{"is": f"#{index}"}))
    return Bands(by=node.by, bands=tuple(bands)), branches


def _split_rows(node: Rows) -> tuple[Node, Branches]:
    branches: Branches = {}
    rows = []
    for index, row in enumerate(node.rows):
        below = row.otherwise if row.when is None else row.node
        branches[f"#{index}"] = (row.when or "else", "none" if below is None else below)
        rows.append(Row(**({"else": f"#{index}"} if row.when is None else {"when": row.when, "is": f"#{index}"})))
    return Rows(rows=tuple(rows), in_order=node.in_order), branches


def _leaf(node: Node) -> str:
    if isinstance(node, int):
        return f"{node:_}"
    return (
        node
        if isinstance(node, str)
        else " ".join(f"{key}: {part}" for key, part in node.model_dump(exclude_none=True, by_alias=True).items())
    )
