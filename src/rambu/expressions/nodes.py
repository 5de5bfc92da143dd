"""What an expression is once it is parsed: a dozen frozen nodes, each with the column where it began."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Comparison = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Number:
    """A literal figure, exact."""

    value: Fraction
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, value, provision, role or category; `index` is a year back (0, -1) or the name of a day."""

    path: tuple[str, ...]
    column: int
    index: int | str | None = None

    @property
    def text(self) -> str:
        """The name as it is written."""
        return ".".join(self.path) + ("" if self.index is None else f"[{self.index}]")


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    of: "Expression"
    column: int


@dataclass(frozen=True, slots=True)
class Junction:
    """`and` or `or` over two or more conditions."""

    word: Literal["and", "or"]
    parts: tuple["Expression", ...]
    column: int


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison; chains are taken apart by the parser."""

    sign: Comparison
    left: "Expression"
    right: "Expression"
    column: int


@dataclass(frozen=True, slots=True)
class Among:
    """`x in (a, b)` over categories."""

    name: Name
    categories: tuple[Name, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+`, `-`, `*`, and `/` by a constant."""

    sign: Literal["+", "-", "*", "/"]
    left: "Expression"
    right: "Expression"
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    """One of the language's functions."""

    function: Literal["ceil", "floor", "min", "max", "at_least", "total"]
    arguments: tuple["Expression", ...]
    column: int


Expression = Number | Name | Not | Junction | Compare | Among | Arithmetic | Call
