"""What is wrong with a register beyond the shape of its files: references, units, expressions, trees, sources."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from rambu.errors import Problem, likely
from rambu.expressions.evaluate import SubjectAlgebra
from rambu.expressions.nodes import Among, Arithmetic, Call, Compare, Expression, Junction, Name, Not
from rambu.expressions.parse import ExpressionError, parse
from rambu.expressions.resolve import ProvisionRef, Scope, ValueRef
from rambu.expressions.walk import Walker
from rambu.load import Loaded
from rambu.model.instrument import Instrument, Provision
from rambu.model.value import After, Bands, Cases, Node, Rows, Slices, Value, children
from rambu.profile import ProfileReader
from rambu.register import Address, Register
from rambu.rules import address_of
from rambu.strict_yaml import Document

Path = tuple[str | int, ...]
NUMBERLESS = ("text",)


@dataclass
class Checker:
    """Checks a whole register, gathering every complaint in one run."""

    loaded: Loaded
    problems: list[Problem] = field(default_factory=list)

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
        self._cycles(files)
        self._cases()
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
            circle = _circle(graph, start, done)
            if circle:
                self.problems.append(_place(files[start.file], ("provisions", start.name), "cycle",
                                            "results rest on each other: " + " → ".join(map(str, circle)), "break the circle"))  # fmt: skip

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
                    _place(
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
        file = next(entry for entry in self.register.cases if entry.instrument == instrument.id)
        for index, case in enumerate(file.cases):
            path: Path = ("cases", index)
            if isinstance(case.source, str) and case.source not in instrument.sources:
                self.problems.append(
                    _place(
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
        if name not in instrument.provisions:
            guess = likely(name, instrument.provisions)
            self.problems.append(
                _place(
                    document,
                    path,
                    "reference",
                    f"no provision {name} in {instrument.id}",
                    f"did you mean {guess}?" if guess else "name one of its provisions",
                )
            )
            return
        for value in values:
            if value not in instrument.provisions[name].values:
                self.problems.append(
                    _place(document, path, "reference", f"{name} has no value {value}", "name one of its values")
                )

    def _coverage(self) -> None:
        for document, data in self._documents("coverage"):
            coverage = self.register.coverage[str(data["jurisdiction"])]
            for topic, entry in coverage.topics.items():
                path: Path = ("topics", topic)
                if topic not in self.register.vocabulary.topics:
                    self.problems.append(
                        _place(
                            document,
                            path,
                            "reference",
                            f"unknown topic {topic}",
                            "see vocabulary/topics.yaml",
                        )
                    )
                if entry.state == "none_found" and len(entry.queries) < 3:
                    self.problems.append(
                        _place(
                            document,
                            path,
                            "coverage",
                            f"{topic}: none_found with {len(entry.queries)} queries",
                            "search three times: once in the country's language, once naming the issuer",
                        )
                    )
                if entry.state == "partial" and not entry.missing:
                    self.problems.append(
                        _place(
                            document,
                            path,
                            "coverage",
                            f"{topic}: partial without `missing`",
                            "say what was looked for and not found",
                        )
                    )


@dataclass
class FileChecker:
    """Checks one instrument."""

    register: Register
    instrument: Instrument
    document: Document
    problems: list[Problem]

    def run(self) -> None:
        """References of the file, then each provision."""
        self._sources()
        for index, event in enumerate(self.instrument.history):
            self._source(event.source, ("history", index, "source"))
            for name in event.provisions:
                self._provision_name(name, ("history", index, "provisions"))
        for alias, file in self.instrument.uses.items():
            self._must(
                file in self.register.instruments,
                ("uses", alias),
                "reference",
                f"no instrument {file}",
                "write the other file, or drop the line",
            )
        self._topics(self.instrument.topics, ("topics",))
        for name in self.instrument.provisions:
            self._provision(Address(self.instrument.id, name))

    def _must(self, holds: bool, path: Path, code: str, what: str, do: str) -> None:
        if not holds:
            self.problems.append(_place(self.document, path, code, what, do))

    def _sources(self) -> None:
        for name, source in self.instrument.sources.items():
            kind = self.register.vocabulary.source_kind(source.url)
            host = source.url.split("/")[2]
            path: Path = ("sources", name)
            self._must(
                kind is not None,
                path,
                "publisher",
                f"{host} is not among the publishers",
                "add it to vocabulary/publishers.yaml with its kind",
            )
            self._must(
                source.kind is None or kind is None or source.kind == kind,
                path,
                "publisher",
                f"{host} is {kind}, not {source.kind}",
                "leave `kind` out: it follows from the publisher",
            )

    def _source(self, name: str | None, path: Path) -> None:
        if name is not None:
            guess = likely(name, self.instrument.sources)
            self._must(
                name in self.instrument.sources,
                path,
                "reference",
                f"no source {name}",
                f"did you mean {guess}?" if guess else "add it under sources",
            )

    def _provision_name(self, name: str, path: Path) -> None:
        guess = likely(name, self.instrument.provisions)
        self._must(
            name in self.instrument.provisions,
            path,
            "reference",
            f"no provision {name} in this file",
            f"did you mean {guess}?" if guess else "name one of this file",
        )

    def _topics(self, topics: tuple[str, ...], path: Path) -> None:
        for topic in topics:
            guess = likely(topic, self.register.vocabulary.topics)
            self._must(
                topic in self.register.vocabulary.topics,
                path,
                "reference",
                f"unknown topic {topic}",
                f"did you mean {guess}?" if guess else "see vocabulary/topics.yaml",
            )

    def _provision(self, address: Address) -> None:
        provision, path = self.register.provision(address), ("provisions", address.name)
        facts = self.register.vocabulary.facts
        self._must(
            address.name not in facts,
            path,
            "name",
            f"{address.name} is also a fact",
            "give the provision another name",
        )
        self._topics(provision.topics, (*path, "topics"))
        for ask in provision.asks:
            guess = likely(ask, self.register.vocabulary.asks)
            self._must(
                ask in self.register.vocabulary.asks,
                (*path, "asks"),
                "reference",
                f"unknown ask {ask}",
                f"did you mean {guess}?" if guess else "see vocabulary/asks.yaml",
            )
        if provision.at:
            self._source(provision.at.source, (*path, "at", "source"))
        self._extent(provision, path)
        self._references(provision, path)
        self._must(
            provision.gives is None or provision.gives in provision.values,
            (*path, "gives"),
            "reference",
            f"no value {provision.gives}",
            "name a value of this provision",
        )
        self._expressions(address, provision, path)
        self._values(provision, path)

    def _extent(self, provision: Provision, path: Path) -> None:
        for owner, where in ((provision, path), (self.instrument, ())):
            if isinstance(owner.extent, tuple):
                for place in owner.extent:
                    known = self.register.vocabulary.tree_of.get(place) == "place"
                    self._must(
                        known,
                        (*where, "extent"),
                        "reference",
                        f"unknown place {place}",
                        "see the tree `place` in vocabulary/trees.yaml",
                    )

    def _references(self, provision: Provision, path: Path) -> None:
        targets = [(name, "overrides") for name in provision.overrides]
        targets += [(provision.penalty_for, "for")] if provision.penalty_for else []
        for name, key in targets:
            target = address_of(name, self.instrument.id)
            known = (
                target.file in self.register.instruments
                and target.name in self.register.instruments[target.file].provisions
            )
            self._must(
                known,
                (*path, key),
                "reference",
                f"no provision {name}",
                "name a provision of this file, or file/id.provision",
            )

    def _expressions(self, address: Address, provision: Provision, path: Path) -> None:
        scope = Scope(self.register, address)
        walker = Walker(scope, SubjectAlgebra(scope))
        parts: list[tuple[Path, Callable[[], object]]] = [
            (("applies_when",), lambda: walker.condition(provision.applies_when or "1 == 1")),
            (("unless",), lambda: walker.condition(provision.unless or "1 == 1")),
            (("from",), lambda: provision.starts is None or walker.days(provision.starts)),
            (("until",), lambda: provision.until is None or walker.days(provision.until)),
        ]
        parts += [(("values", name), partial(walker.value, value)) for name, value in provision.values.items()]
        for part, walk in parts:
            try:
                walk()
            except ExpressionError as error:
                line, column = self.document.at((*path, *part))
                self.problems.append(
                    Problem(
                        self.document.file,
                        line,
                        column + max(error.column - 1, 0),
                        "expression",
                        f"{address.name}.{'.'.join(map(str, part))}: {error.what}",
                        error.do,
                    )
                )
            except (ValueError, KeyError) as error:
                self._must(
                    False,
                    (*path, *part),
                    "expression",
                    f"cannot be read ({error})",
                    "see register/README.md, Values",
                )

    def _values(self, provision: Provision, path: Path) -> None:
        facts = self.register.vocabulary.facts
        for name, value in provision.values.items():
            where = (*path, "values", name)
            self._must(
                name not in facts,
                where,
                "name",
                f"value {name} bears a fact's name",
                "name it after its part in the rule, such as `limit`",
            )
            self._source(value.source, (*where, "source"))
            sourced = self.instrument.source_of(provision, value) is not None or value.node is None
            self._must(
                sourced,
                where,
                "no-source",
                f"{name} has no source",
                "give source and locator, here or under `at`",
            )
            for dispute in value.disputes:
                self._source(dispute.source, (*where, "disputes"))
            for what, do in tree_faults(value, self.register):
                self._must(False, where, "tree", f"{name}: {what}", do)
        if provision.starts is not None or provision.until is not None:
            sourced = provision.at is not None
            self._must(
                sourced,
                (*path, "from"),
                "no-source",
                "from or until without a source",
                "give `at: {source, locator}`",
            )


def _place(document: Document, path: Path, code: str, what: str, do: str) -> Problem:
    return Problem(document.file, *document.at(path), code, what, do)


def tree_faults(value: Value, register: Register) -> Iterator[tuple[str, str]]:
    """Rows and bands that cannot be reached, cases that leave a category out."""
    if value.node is not None:
        yield from _node_faults(value.node, register)


def _node_faults(node: Node, register: Register) -> Iterator[tuple[str, str]]:
    match node:
        case Bands():
            open_ends = [band.to is None and band.below is None for band in node.bands]
            if True in open_ends[:-1]:
                yield "a band after the open one cannot be reached", "put the band without an edge last"
            edges = [band.below if band.to is None else band.to for band in node.bands]
            numbers = [edge for edge in edges if isinstance(edge, int)]
            if any(later <= earlier for earlier, later in pairwise(numbers)):
                yield "edges of bands do not rise", "order the bands from small to large"
        case Rows():
            if any(row.when is None for row in node.rows[:-1]):
                yield "a row after `else` cannot be reached", "put `else` last"
            whens = [row.when for row in node.rows if row.when]
            if len(set(whens)) < len(whens):
                yield "the same condition twice: the later row cannot be reached", "drop it"
        case Cases():
            yield from _case_faults(node, register)
    for child in children(node):
        yield from _node_faults(child, register)


def _case_faults(node: Cases, register: Register) -> Iterator[tuple[str, str]]:
    vocabulary = register.vocabulary
    fact = vocabulary.facts.get(node.by.rpartition(".")[2])
    if fact is None or fact.type != "category" or node.otherwise is not None:
        return
    named = {word.strip() for key in node.cases for word in key.split(",")}
    tree = vocabulary.tree_name(node.by.rpartition(".")[2])
    left = [name for name in _leaves(vocabulary.trees.get(tree, {})) if not vocabulary.ancestors[name] & named]
    if left:
        yield f"cases leave out {', '.join(left[:3])}", "cover the whole tree, or write `else: none`"


def _leaves(branch: dict[str, dict[str, object]]) -> Iterator[str]:
    for name, below in branch.items():
        if below:
            yield from _leaves(below)  # type: ignore[arg-type]
        else:
            yield name


def expressions(provision: Provision) -> Iterator[tuple[Path, str]]:
    """Every expression text of a provision, with its path."""
    for key, text in (("applies_when", provision.applies_when), ("unless", provision.unless)):
        if text:
            yield (key,), text
    for key, tree in (("from", provision.starts), ("until", provision.until)):
        yield from (((key,), text) for text in _texts(tree))
    for name, value in provision.values.items():
        if value.unit not in NUMBERLESS:
            yield from ((("values", name), text) for text in _texts(value.node))


def _texts(node: Node | None) -> Iterator[str]:
    match node:
        case str():
            yield node
        case Bands() | Slices() | Cases():
            yield node.by
        case Rows():
            yield from (row.when for row in node.rows if row.when)
        case After():
            yield node.after
    for child in children(node):
        yield from _texts(child)


def names_in(text: str) -> Iterator[Name]:
    """Every name in an expression; nothing if it is none."""
    try:
        yield from _names(parse(text))
    except ExpressionError:
        return


def _names(node: Expression) -> Iterator[Name]:
    match node:
        case Name():
            yield node
        case Not(of):
            yield from _names(of)
        case Junction(_, parts) | Call(_, parts):
            for part in parts:
                yield from _names(part)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            yield from _names(left)
            yield from _names(right)
        case Among(name, _):
            yield name


def _circle(graph: dict[Address, set[Address]], start: Address, done: set[Address]) -> list[Address]:
    """A way from `start` back to a node on the way, if there is one; nodes without are done."""
    way: list[Address] = []
    stack = [(start, iter(graph.get(start, ())))]
    way.append(start)
    while stack:
        node, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            way.pop()
            done.add(node)
        elif following in way:
            return [*way[way.index(following) :], following]
        elif following not in done:
            way.append(following)
            stack.append((following, iter(graph.get(following, ()))))
    return []
