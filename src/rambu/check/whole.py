"""A whole register checked: vocabulary, files, circles of references, cases, coverage."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rambu.check.age import age_problems
from rambu.check.cascade import cascade_problems
from rambu.check.file import FileChecker
from rambu.check.names import Path, circle, expressions, names_in
from rambu.check.place import place
from rambu.check.practice import practice_problems
from rambu.errors import Problem, likely
from rambu.expressions.parse import ExpressionError
from rambu.expressions.resolve import ProvisionRef, Scope, ValueRef
from rambu.load import Loaded
from rambu.model.case import TopicCoverage
from rambu.model.instrument import Instrument
from rambu.phase import steps_of
from rambu.profile import ProfileReader
from rambu.register import Address, Register
from rambu.rules import address_of
from rambu.strict_yaml import Document

QUERIES = 3  # at least, behind a none_found


@dataclass
class Checker:
    """Checks a whole register, gathering every complaint in one run."""

    loaded: Loaded
    problems: list[Problem] = field(default_factory=list)
    today: date | None = None  # without it nothing is said of age

    @property
    def register(self) -> Register:
        """The register that is checked."""
        return self.loaded.register

    def run(self) -> list[Problem]:
        """Every complaint, by file and line."""
        self._vocabulary()
        files = {str(data["id"]): document for document, data in self._documents("instruments")}
        for file, instrument in self.register.instruments.items():
            FileChecker(self.register, instrument, files[file], self.problems).run()
            if self.today is not None:
                self.problems.extend(age_problems(self.register, instrument, files[file], self.today))
        self._cycles(files)
        self._cases()
        self._cascades()
        self._practices()
        self._coverage()
        return sorted(set(self.problems))

    def _documents(self, folder: str) -> Iterator[tuple[Document, dict[str, Any]]]:
        for file, document in self.loaded.documents.items():
            if f"/{folder}/" in file and isinstance(document.data, dict):
                yield document, document.data

    def _vocabulary(self) -> None:
        vocabulary = self.register.vocabulary
        names = list(vocabulary.tree_of)
        for name in vocabulary.facts:
            if name in vocabulary.tree_of and name not in vocabulary.trees:
                self._say("vocabulary", f"{name} is both a fact and a category", "rename the category")
        for name, fact in vocabulary.facts.items():
            if fact.type == "category" and (fact.tree or name) not in vocabulary.trees:
                self._say(
                    "vocabulary",
                    f"fact {name} has no tree of categories",
                    "plant the tree, or name it under `tree`",
                )
            if fact.unit is not None and fact.type == "number" and not self._unit(fact.unit):
                self._say("vocabulary", f"fact {name} has the unknown unit {fact.unit}", "use a unit of units.yaml")
        unlabelled = [name for name in names if name not in vocabulary.labels]
        for name in unlabelled:
            self._say("vocabulary", f"category {name} has no label", "give it en and ko under labels")

    def _unit(self, unit: str) -> bool:
        try:
            self.register.units.measure(unit)
        except ValueError:
            return False
        return True

    def _say(self, file: str, what: str, do: str, code: str = "vocabulary") -> None:
        self.problems.append(Problem(file, 0, 0, code, what, do))

    def _cycles(self, files: dict[str, Document]) -> None:
        """No result may rest on itself, and no provision displace one that displaces it."""
        graph = {address: set(self._targets(address)) for address in self.register.addresses()}
        done: set[Address] = set()
        for start in graph:
            found = circle(graph, start, done)
            if found:
                self.problems.append(
                    place(
                        files[start.file],
                        ("provisions", start.name),
                        "cycle",
                        f"results rest on each other: {' → '.join(map(str, found))}",
                        "break the circle",
                    )
                )

    def _targets(self, address: Address) -> Iterator[Address]:
        scope = Scope(self.register, address)
        for _, text in expressions(scope.provision):
            for name in names_in(text):
                try:
                    ref = scope.resolve(name)
                except (ExpressionError, KeyError):
                    continue
                if isinstance(ref, ProvisionRef) or (isinstance(ref, ValueRef) and not ref.own):
                    yield ref.address
        if scope.provision.penalty_for:
            yield address_of(scope.provision.penalty_for, address.file)

    def _cases(self) -> None:
        for document, data in self._documents("cases"):
            home = str(data.get("instrument"))
            if home not in self.register.instruments:
                self.problems.append(
                    place(
                        document,
                        ("instrument",),
                        "reference",
                        f"no instrument {home}",
                        "name the file that the cases are about",
                    )
                )
                continue
            self._case_file(document, self.register.instruments[home])

    def _case_file(self, document: Document, instrument: Instrument) -> None:
        file = next((entry for entry in self.register.cases if entry.instrument == instrument.id), None)
        if file is None:  # its shape is broken, and that was said
            return
        for index, case in enumerate(file.cases):
            path: Path = ("cases", index)
            if isinstance(case.source, str) and case.source not in instrument.sources:
                self.problems.append(
                    place(
                        document,
                        (*path, "source"),
                        "reference",
                        f"no source {case.source} in {instrument.id}",
                        "name one of its sources, or write it out",
                    )
                )
            marks = {mark[3:]: at for mark, at in document.marks.items() if mark[:3] == (*path, "profile")}
            reader = ProfileReader(self.register, document.file, marks, instrument.id)
            try:
                reader.read(case.profile)
            except Exception:
                self.problems.extend(reader.problems)
            for name, expected in case.expect.items():
                self._expected(document, instrument, (*path, "expect", name), name, list(expected.values))

    def _expected(self, document: Document, instrument: Instrument, path: Path, name: str, values: list[str]) -> None:
        """An expectation names a provision of the instrument, or `file/id.provision`, and values of it."""
        address = address_of(name, instrument.id)
        home = self.register.instruments.get(address.file)
        if home is None or address.name not in home.provisions:
            guess = likely(name, instrument.provisions)
            do = f"did you mean {guess}?" if guess else "name one of its provisions, or file/id.provision"
            self.problems.append(place(document, path, "reference", f"no provision {name} in {instrument.id}", do))
            return
        for value in values:
            if value not in home.provisions[address.name].values:
                what = f"{name} has no value {value}"
                self.problems.append(place(document, path, "reference", what, "name one of its values"))

    def _cascades(self) -> None:
        for document, data in self._documents("cascades"):
            cascade = self.register.cascades.get(str(data.get("jurisdiction")))
            if cascade is not None:
                self.problems.extend(cascade_problems(self.register, cascade, document))

    def _practices(self) -> None:
        made = {practice.id: practice for practice in self.register.practices}
        for document, data in self._documents("practices"):
            if practice := made.get(str(data.get("id"))):
                self.problems.extend(practice_problems(self.register, practice, document))

    def _coverage(self) -> None:
        held = self._held_topics()
        for document, data in self._documents("coverage"):
            coverage = self.register.coverage[str(data["jurisdiction"])]
            for topic, entry in coverage.topics.items():
                here = held.get((coverage.jurisdiction, topic), [])
                for code, what, do in self._cell(topic, entry, here):
                    self.problems.append(place(document, ("topics", topic), code, what, do))

    def _held_topics(self) -> dict[tuple[str, str], list[Address]]:
        """Provisions by jurisdiction and topic, without those that are only proposed."""
        held: dict[tuple[str, str], list[Address]] = {}
        for address in self.register.addresses():
            instrument = self.register.instrument(address.file)
            events = {step.event for step in steps_of(instrument, address.name)}
            if not events or events - {"proposed", "withdrawn"}:
                for topic in instrument.topics_of(address.name):
                    held.setdefault((instrument.jurisdiction, topic), []).append(address)
        return held

    def _cell(self, topic: str, entry: TopicCoverage, held: list[Address]) -> Iterator[tuple[str, str, str]]:
        """(code, what, what to do) of each complaint about one cell."""
        if topic not in self.register.vocabulary.topics:
            yield "reference", f"unknown topic {topic}", "see vocabulary/topics.yaml"
        if entry.state == "none_found" and len(entry.queries) < QUERIES:
            what = f"{topic}: none_found with {len(entry.queries)} queries"
            yield "coverage", what, "search three times: once in the country's language, once naming the issuer"
        if entry.state == "none_found" and held:
            what = f"{topic}: none_found, but the register holds {held[0]}"
            yield "coverage", what, "say covered, or partial with what is missing"
        if entry.state == "partial" and not entry.missing:
            yield "coverage", f"{topic}: partial without `missing`", "say what was looked for and not found"
