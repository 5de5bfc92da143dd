"""One instrument checked: references, units, expressions, trees, sources."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rambu.check.faults import tree_faults
from rambu.check.names import Path
from rambu.check.place import place
from rambu.errors import Problem, likely
from rambu.expressions.evaluate import SubjectAlgebra
from rambu.expressions.parse import ExpressionError
from rambu.expressions.resolve import Scope
from rambu.expressions.trees import Walker
from rambu.model.instrument import Instrument, Provision
from rambu.register import Address, Register
from rambu.rules import address_of
from rambu.strict_yaml import Document


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
            self.problems.append(place(self.document, path, code, what, do))

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
