"""A practice checked: topics, sectors, units, publishers and the sources of what was achieved."""

from collections.abc import Iterator

from rambu.check.names import Path
from rambu.check.place import place
from rambu.errors import Problem, likely
from rambu.model.case import Practice
from rambu.register import Register
from rambu.strict_yaml import Document
from rambu.units import UnknownUnitError


def practice_problems(register: Register, practice: Practice, document: Document) -> Iterator[Problem]:
    """Every complaint about one practice."""
    for path, what, do in _faults(register, practice):
        yield place(document, path, "reference", what, do)


def _faults(register: Register, practice: Practice) -> Iterator[tuple[Path, str, str]]:
    vocabulary = register.vocabulary
    for topic in practice.topics:
        if topic not in vocabulary.topics:
            yield (
                ("topics",),
                f"unknown topic {topic}",
                _guess(topic, list(vocabulary.topics), "vocabulary/topics.yaml"),
            )
    activities = [name for name, tree in vocabulary.tree_of.items() if tree == "activity"]
    for sector in practice.sectors:
        if sector not in activities:
            yield ("sectors",), f"unknown activity {sector}", _guess(sector, activities, "vocabulary/trees.yaml")
    for number, entry in enumerate(practice.achieved):
        try:
            register.units.measure(entry.unit)
        except UnknownUnitError:
            yield ("achieved", number, "unit"), f"unknown unit {entry.unit}", "use a unit of vocabulary/units.yaml"
        if entry.source not in practice.sources:
            yield ("achieved", number, "source"), f"no source {entry.source}", "name one of its sources"
    for name, source in practice.sources.items():
        if vocabulary.source_kind(source.url) is None:
            host = source.url.split("/")[2]
            yield ("sources", name), f"{host} is not among the publishers", "add it to vocabulary/publishers.yaml"


def _guess(word: str, known: list[str], where: str) -> str:
    guess = likely(word, known)
    return f"did you mean {guess}?" if guess else f"see {where}"
