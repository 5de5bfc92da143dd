"""Names -> what they stand for: a fact, a value, a provision, of this subject or of one in a role."""

from dataclasses import dataclass
from functools import cached_property

from rambu.errors import likely
from rambu.expressions.nodes import Name
from rambu.expressions.parse import ExpressionError
from rambu.model.instrument import Instrument, Provision
from rambu.model.vocabulary import Fact
from rambu.register import Address, Register
from rambu.units import DATE, PLAIN, Measure

AGGREGATES = ("sum", "max", "any")
PURE_TYPES = ("count", "integer")


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact of the subject or of one in a role; `back` years before the last closed one, or on a named day."""

    role: str | None
    name: str
    back: int | None = None
    aggregate: str | None = None
    day: str | None = None

    @property
    def key(self) -> str:
        """Name under which a profile gives it."""
        return f"{self.name}_{self.aggregate}" if self.aggregate else self.name


@dataclass(frozen=True, slots=True)
class ProvisionRef:
    """Whether a provision applies and is in force, for the subject or for one in a role."""

    role: str | None
    address: Address


@dataclass(frozen=True, slots=True)
class ValueRef:
    """A value of a provision; `own` when it stands in the provision that is being read."""

    role: str | None
    address: Address
    value: str
    own: bool


Reference = FactRef | ProvisionRef | ValueRef


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: register, instrument, provision."""

    register: Register
    address: Address

    @cached_property
    def instrument(self) -> Instrument:
        """The file that the expression stands in."""
        return self.register.instrument(self.address.file)

    @cached_property
    def provision(self) -> Provision:
        """The provision that the expression stands in."""
        return self.instrument.provisions[self.address.name]

    @property
    def currency(self) -> str:
        """The jurisdiction's own currency, in which bare money edges are read."""
        place = self.register.vocabulary.jurisdictions.get(self.instrument.jurisdiction)
        return (place.currency if place else None) or "USD"

    def fact(self, ref: FactRef) -> Fact:
        """The vocabulary's entry behind a fact reference."""
        facts, name = self.register.vocabulary.facts, "fy_start" if ref.name == "fy_end" else ref.name
        return facts[name] if name in facts else facts[name.removesuffix("_group")]

    def measure(self, ref: FactRef | ValueRef) -> Measure:
        """The unit in which a fact or value stands by itself."""
        if isinstance(ref, ValueRef):
            return self.register.units.measure(self.register.provision(ref.address).values[ref.value].unit)
        fact = self.fact(ref)
        if fact.type == "date":
            return DATE
        if fact.type == "money":
            return self.register.units.measure("money")
        return PLAIN if fact.type in PURE_TYPES else self.register.units.measure(fact.unit or "count")

    def resolve(self, name: Name) -> Reference:
        """What a name stands for. Raises ExpressionError with the likely name."""
        path, role = name.path, None
        if path[0] in self._roles and len(path) > 1:
            role, path = path[0], path[1:]
        found = self._find(path, role, name)
        if found is None:
            raise self._unknown(name, path[0], role)
        return found

    def _find(self, path: tuple[str, ...], role: str | None, name: Name) -> Reference | None:
        if len(path) == 1:
            return self._single(path[0], role, name)
        if len(path) == 2 and path[0] in self.instrument.provisions:
            return self._value(role, Address(self.instrument.id, path[0]), path[1])
        if path[0] not in self.instrument.uses:
            return None
        address = Address(self.instrument.uses[path[0]], path[1])
        if (
            address.file not in self.register.instruments
            or address.name not in self.register.instrument(address.file).provisions
        ):
            return None
        return ProvisionRef(role, address) if len(path) == 2 else self._value(role, address, path[2])

    def _single(self, word: str, role: str | None, name: Name) -> Reference | None:
        if role is None and word in self.provision.values:
            return ValueRef(None, self.address, word, own=True)
        if word in self.instrument.provisions:
            return ProvisionRef(role, Address(self.instrument.id, word))
        return self._fact(word, role, name)

    def _value(self, role: str | None, address: Address, value: str) -> ValueRef | None:
        if value not in self.register.provision(address).values:
            return None
        return ValueRef(role, address, value, own=role is None and address == self.address)

    def _fact(self, word: str, role: str | None, name: Name) -> FactRef | None:
        facts = self.register.vocabulary.facts
        back = name.index if isinstance(name.index, int) else None
        day = self._day(name) if isinstance(name.index, str) else None
        if word in facts or word == "fy_end":
            return FactRef(role, word, back, None, day)
        stem, _, tail = word.rpartition("_")
        if tail == "group" and stem in facts and facts[stem].group:
            return FactRef(role, word, back, None, day)
        if tail in AGGREGATES and stem in facts and facts[stem].sites:
            return FactRef(role, stem, back, tail, day)
        return None

    def _day(self, name: Name) -> str:
        """The value of unit `date` that an index names. Raises ExpressionError."""
        day = str(name.index)
        if day not in self.provision.values or self.provision.values[day].unit != "date":
            do = "an index is 0, a year back such as -1, or the name of a value of unit date in this provision"
            raise ExpressionError(f"{day} is no day of this provision", name.column, do)
        return day

    def reads(self, ref: ValueRef) -> bool:
        """Whether a value can be read from here: a company has many sites, so it cannot ask for the value of one."""
        theirs = self.register.provision(ref.address).subject
        return ref.role is not None or theirs != "site" or self.provision.subject == "site"

    @cached_property
    def _roles(self) -> dict[str, object]:
        return self.register.vocabulary.roles.get(self.provision.subject, {})

    def _unknown(self, name: Name, word: str, role: str | None) -> ExpressionError:
        known = [*self.register.vocabulary.facts, *self.instrument.provisions, *self.provision.values]
        known += [*self._roles, *self.instrument.uses]
        guess = likely(word, known)
        do = (
            f"did you mean {guess}?"
            if guess
            else "give it to the vocabulary, or name a value or provision of this file"
        )
        return ExpressionError(f"unknown name {name.text}", name.column, do)

    def kinds(self, role: str | None) -> tuple[str, ...]:
        """Kinds of subject that stand in a role; without a role, the provision's own subject."""
        if role is None:
            return (self.provision.subject,)
        kinds = self._roles[role]
        return tuple(kinds) if isinstance(kinds, list | tuple) else (str(kinds),)
