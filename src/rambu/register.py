"""The whole register in memory: look-up by id, jurisdiction and topic, members of a body on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from rambu.model.base import Jurisdiction, first_day, last_day
from rambu.model.cascade import Cascade
from rambu.model.case import CaseFile, Coverage, Practice
from rambu.model.instrument import Instrument, Provision
from rambu.model.vocabulary import Vocabulary
from rambu.units import Units


class Address(NamedTuple):
    """Where a provision stands: the id of its file and its name."""

    file: str
    name: str

    def __str__(self) -> str:
        return f"{self.file}.{self.name}"


@dataclass(frozen=True)
class Register:
    """Instruments, vocabulary, coverage, practices, cases and cascades of one version."""

    version: str
    vocabulary: Vocabulary
    instruments: dict[str, Instrument]
    coverage: dict[Jurisdiction, Coverage]
    practices: tuple[Practice, ...] = ()
    cases: tuple[CaseFile, ...] = ()
    cascades: dict[Jurisdiction, Cascade] = field(default_factory=dict)

    @cached_property
    def units(self) -> Units:
        """Units, conversions and reference rates."""
        return Units(self.vocabulary)

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Former id -> id that answers for it."""
        return {alias: file for file, instrument in self.instruments.items() for alias in instrument.aliases}

    def instrument(self, file: str) -> Instrument:
        """The instrument of this id or former id. Raises KeyError."""
        return self.instruments[self.aliases.get(file, file)]

    def provision(self, address: Address) -> Provision:
        """The provision at this address. Raises KeyError."""
        return self.instrument(address.file).provisions[address.name]

    def addresses(self, jurisdictions: Iterable[Jurisdiction] | None = None) -> Iterator[Address]:
        """Every provision, in the order of ids and files, of these jurisdictions or of all."""
        wanted = None if jurisdictions is None else frozenset(jurisdictions)
        for file, instrument in self.instruments.items():
            if wanted is None or instrument.jurisdiction in wanted:
                yield from (Address(file, name) for name in instrument.provisions)

    def members(self, body: str, day: date) -> tuple[Jurisdiction, ...]:
        """Who surely belongs to a body on a day, by the dated list of memberships."""
        return tuple(
            entry.jurisdiction
            for entry in self.vocabulary.memberships
            if entry.body == body
            and last_day(entry.starts) <= day
            and (entry.until is None or day <= first_day(entry.until))
        )

    def perhaps_members(self, body: str, day: date) -> tuple[Jurisdiction, ...]:
        """Who may belong to a body on a day: the day of entry or leaving is only known as a range."""
        sure = frozenset(self.members(body, day))
        return tuple(
            entry.jurisdiction
            for entry in self.vocabulary.memberships
            if entry.body == body
            and entry.jurisdiction not in sure
            and first_day(entry.starts) <= day
            and (entry.until is None or day <= last_day(entry.until))
        )

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """Every body of which somebody is a member, in the order of the list."""
        return tuple(dict.fromkeys(entry.body for entry in self.vocabulary.memberships))
