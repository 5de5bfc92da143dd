"""Numbered references: one number for each place in a source, in the order in which an answer first cites it."""

from dataclasses import dataclass

from rambu.model.instrument import Source
from rambu.publish.wording import Wording
from rambu.register import Address, Register


@dataclass(frozen=True, slots=True)
class Reference:
    """One place in one source."""

    number: int
    source: Source
    locator: str | None
    kind: str


class References:
    """Hands out the numbers."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self._numbers: dict[tuple[str, str | None], Reference] = {}

    def cite(self, source: Source | None, locator: str | None) -> str:
        """` [3]`; nothing where there is no source."""
        if source is None:
            return ""
        key = (source.url, locator)
        if key not in self._numbers:
            self._numbers[key] = Reference(len(self._numbers) + 1, source, locator, self._kind(source))
        return f" [{self._numbers[key].number}]"

    def _kind(self, source: Source) -> str:
        vocabulary = self.wording.vocabulary
        kind = source.kind or vocabulary.source_kind(source.url) or "other"
        return self.wording.of(vocabulary.kinds[kind].label) if kind in vocabulary.kinds else kind

    def of_provision(self, register: Register, address: Address) -> str:
        """The source behind a provision as a whole."""
        instrument, provision = register.instrument(address.file), register.provision(address)
        if provision.at is None:
            return ""
        return self.cite(instrument.sources.get(provision.at.source), provision.at.locator)

    def of_value(self, register: Register, address: Address, name: str) -> str:
        """The source behind a value."""
        instrument, provision = register.instrument(address.file), register.provision(address)
        value = provision.values[name]
        source, at = instrument.source_of(provision, value), provision.at
        inherited = at.locator if at and value.source in (None, at.source) else None
        return self.cite(instrument.sources.get(source or ""), value.locator or inherited)

    def all(self) -> tuple[Reference, ...]:
        """Every reference so far, by number."""
        return tuple(self._numbers.values())
