"""A cascade checked: what it names exists, each line once, each base known before it is used."""

from collections.abc import Iterator

from rambu.check.names import Path
from rambu.check.place import place
from rambu.errors import Problem, likely
from rambu.model.cascade import Cascade, Line
from rambu.register import Address, Register
from rambu.strict_yaml import Document


def cascade_problems(register: Register, cascade: Cascade, document: Document) -> Iterator[Problem]:
    """Every complaint about one cascade."""
    done: set[str] = set()
    for number, line in enumerate(cascade.lines):
        path: Path = ("lines", number)
        if line.line in done:
            yield place(document, path, "twice", f"the line {line.line} comes twice", "put its rules into one line")
        for what, do in _line(register, cascade, line, done):
            yield place(document, path, "reference", what, do)
        done.add(line.line)
    for fact in cascade.derives:
        if fact not in register.vocabulary.facts:
            yield place(document, ("derives", fact), "reference", f"unknown fact {fact}", "see rambu facts")
    for number, worked in enumerate(cascade.worked):
        unknown = sorted({*worked.expect} - done)
        if unknown:
            what = f"{worked.name} expects lines that are not there: {', '.join(unknown)}"
            yield place(document, ("worked", number), "reference", what, "name lines of this file")


def _line(register: Register, cascade: Cascade, line: Line, done: set[str]) -> Iterator[tuple[str, str]]:
    vocabulary = register.vocabulary
    if line.topic not in vocabulary.topics:
        yield f"unknown topic {line.topic}", "see vocabulary/topics.yaml"
    for term in line.base:
        if term not in done and term not in vocabulary.facts:
            yield f"{term} is no fact and no earlier line", "name a fact, or move its line up"
    for fact, kinds in [*line.applies_to.items(), *line.complete_for.items()]:
        for kind in kinds:
            if vocabulary.tree_of.get(kind) != vocabulary.tree_name(fact) if fact in vocabulary.facts else True:
                yield f"{kind} is no category of {fact}", "see vocabulary/trees.yaml"
    if line.at is not None and line.at.source not in cascade.sources:
        yield f"no source {line.at.source} in this file", "add it under sources"
    for reference in [*line.charges, *(relief.rule for relief in line.reliefs)]:
        yield from _reference(register, cascade, reference)


def _reference(register: Register, cascade: Cascade, reference: str) -> Iterator[tuple[str, str]]:
    file, name, value = reference.split(".")
    instrument = register.instruments.get(file)
    if instrument is None or name not in instrument.provisions:
        guess = likely(reference, [str(address) for address in register.addresses([cascade.jurisdiction])])
        yield f"no provision {file}.{name}", f"did you mean {guess}?" if guess else "name a provision of the register"
        return
    provision = register.provision(Address(file, name))
    if value not in provision.values:
        yield f"{file}.{name} has no value {value}", f"name one of {', '.join(provision.values) or 'none'}"
    if provision.subject != "vehicle":
        yield f"{file}.{name} is about a {provision.subject}", "name a provision about a vehicle"
