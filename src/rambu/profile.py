"""A profile as it was written -> subjects with their facts; every complaint in one run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rambu.errors import RambuError
from rambu.expressions.resolve import AGGREGATES
from rambu.expressions.span import Span
from rambu.expressions.subject import Subject
from rambu.given import FactReader, Path
from rambu.model.vocabulary import Fact
from rambu.register import Address

GROUPS = {
    "companies": "company", "sites": "site", "vehicles": "vehicle", "projects": "project", "products": "product",
    "persons": "person", "chargers": "charger",
}  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """Subjects with what was given about them."""

    name: str
    subjects: tuple[Subject, ...]

    def all_subjects(self) -> Iterator[Subject]:
        """Every subject, sites of companies included, each once."""
        for subject in self.subjects:
            yield subject
            yield from subject.sites


@dataclass
class ProfileReader(FactReader):
    """Reads one profile: subjects, their sites, the roles between them, the results they state."""

    pending: list[tuple[Subject, str, str, Path]] = field(default_factory=list)
    places: dict[str, Path] = field(default_factory=dict)

    def read(self, data: object) -> Profile:
        """The profile. Raises RambuError with every complaint."""
        if not isinstance(data, Mapping):
            self._complain(
                (),
                "profile",
                "a profile is a mapping",
                "begin with `companies:` (register/README.md, Profiles)",
            )
            raise RambuError(self.problems)
        subjects = self._groups(data)
        if not subjects and not self.problems:
            self._complain(
                (),
                "profile",
                "no subject in the profile",
                "give a company, site, vehicle, project, product or person",
            )
        self._link(subjects)
        if self.problems:
            raise RambuError(sorted(self.problems))
        return Profile(str(data.get("profile", "profile")), tuple(subjects.values()))

    def _groups(self, data: Mapping[str, object]) -> dict[str, Subject]:
        singles = {kind: kind for kind in (*GROUPS.values(), "country")}
        found: dict[str, Subject] = {}
        for key, given in data.items():
            if key == "profile":
                continue
            if key in singles:
                found[key] = self._subject(key, key, given, (key,))
            elif key in GROUPS and isinstance(given, Mapping):
                for name, facts in given.items():
                    if name in found:
                        self._complain(
                            (key, name), "twice", f"two subjects are called {name}", "give each its own name"
                        )
                    found[name] = self._subject(GROUPS[key], name, facts, (key, name))
            else:
                self._unknown((key,), key, [*GROUPS, *singles, "profile"], "key")
        return found

    def _subject(self, kind: str, name: str, given: object, path: Path) -> Subject:
        subject = Subject(kind, name)
        self.places.setdefault(name, path)
        if not isinstance(given, Mapping):
            self._complain(path, "profile", f"{name} is no mapping of facts", "write facts with their values below it")
            return subject
        for key, value in given.items():
            self._entry(subject, key, value, (*path, key))
        subject.jurisdiction = self._jurisdiction(subject)
        for site in subject.sites:
            site.roles.setdefault("operator", subject)
        return subject

    def _jurisdiction(self, subject: Subject) -> str | None:
        place = subject.place
        return None if place is None else self.register.vocabulary.jurisdiction_of(place)

    def _entry(self, subject: Subject, key: str, value: object, path: Path) -> None:
        vocabulary = self.register.vocabulary
        if key == "sites" and subject.kind == "company":
            self._sites(subject, value, path)
        elif key == "results":
            self._results(subject, value, path)
        elif key in vocabulary.roles.get(subject.kind, {}):
            self._role(subject, key, value, path)
        elif (fact := self._fact(key)) is not None:
            self._give(subject, key, fact, value, path)
        elif self.home and key in self.register.instruments[self.home].provisions:
            self._state(subject, Address(self.home, key), None, value, path)
        else:
            self._unknown(
                path,
                key,
                [*vocabulary.facts, *vocabulary.roles.get(subject.kind, {}), "sites", "results"],
                "fact",
            )

    def _fact(self, key: str) -> Fact | None:
        facts = self.register.vocabulary.facts
        if key in facts:
            return facts[key]
        stem, _, tail = key.rpartition("_")
        if stem in facts and ((tail == "group" and facts[stem].group) or (tail in AGGREGATES and facts[stem].sites)):
            return facts[stem]
        return None

    def _sites(self, company: Subject, given: object, path: Path) -> None:
        if not isinstance(given, Mapping):
            self._complain(
                path,
                "profile",
                "sites is a mapping of names to facts",
                "write `sites: {complete: true, works: {…}}`",
            )
            return
        company.sites_complete = given.get("complete") is True
        names = [name for name in given if name != "complete"]
        company.sites = tuple(self._subject("site", name, given[name], (*path, name)) for name in names)

    def _role(self, subject: Subject, role: str, value: object, path: Path) -> None:
        if isinstance(value, str):
            self.pending.append((subject, role, value, path))
            return
        kinds = self.register.vocabulary.roles[subject.kind][role]
        kind = kinds if isinstance(kinds, str) else self._kind_of_role(kinds, value)
        subject.roles[role] = self._subject(kind, f"{subject.name}.{role}", value, path)

    def _kind_of_role(self, kinds: list[str], value: object) -> str:
        keys = value if isinstance(value, Mapping) else {}
        facts = [fact for key in keys if (fact := self._fact(str(key)))]
        return next((kind for kind in kinds if all(fact.about(kind) for fact in facts)), kinds[0])

    def _link(self, subjects: dict[str, Subject]) -> None:
        """Roles that name another subject, once everybody is known; sites may be named too."""
        everybody = dict(subjects)
        for company in subjects.values():
            for site in company.sites:
                if site.name in everybody:
                    path = (*self.places[company.name], "sites", site.name)
                    self._complain(path, "twice", f"two subjects are called {site.name}", "give each its own name")
                everybody[site.name] = site
        for subject, role, name, path in self.pending:
            self._link_role(subject, role, name, everybody, path)

    def _link_role(self, subject: Subject, role: str, name: str, everybody: dict[str, Subject], path: Path) -> None:
        kinds = self.register.vocabulary.roles[subject.kind][role]
        if name not in everybody:
            self._unknown(path, name, list(everybody), "subject")
        elif everybody[name].kind not in ([kinds] if isinstance(kinds, str) else kinds):
            what = f"{name} is a {everybody[name].kind} and cannot be {role} of {subject.name}"
            self._complain(path, "subject", what, "name a subject of the right kind")
        else:
            subject.roles[role] = everybody[name]

    # -- results that are stated

    def _results(self, subject: Subject, given: object, path: Path) -> None:
        if not isinstance(given, Mapping):
            self._complain(
                path, "profile", "results is a mapping", "write `results: {sgp/carbon-tax.registered: true}`"
            )
            return
        for name, value in given.items():
            found = self._address(str(name))
            if found is None:
                self._unknown((*path, name), str(name), [str(known) for known in self.register.addresses()], "result")
            else:
                self._state(subject, *found, value, (*path, name))

    def _address(self, name: str) -> tuple[Address, str | None] | None:
        file, _, rest = name.partition(".")
        local, _, value = rest.partition(".")
        try:
            provision = self.register.provision(Address(file, local))
        except KeyError:
            return None
        if value and value not in provision.values:
            return None
        return Address(file, local), value or None

    def _state(self, subject: Subject, address: Address, value: str | None, given: object, path: Path) -> None:
        if value is None and isinstance(given, bool):
            subject.results[address, None] = given
        elif value is None:
            self._complain(path, "type", f"{address} is stated with true or false", "write true or false")
        else:
            unit = self.register.provision(address).values[value].unit
            amount = self._amount(str(given), self.register.units.measure(unit), unit, path)
            if amount is not None:
                subject.results[address, value] = Span(True, amount.span.low, amount.span.high)
