"""Why a condition came out as it did: a tree whose leaves carry what was given and what was asked for."""

from typing import Literal, NamedTuple

from rambu.expressions.span import Span, Truth
from rambu.register import Address
from rambu.units import Measure


class Input(NamedTuple):
    """A fact that was given (or is missing), or a value of the register, that entered a comparison."""

    kind: Literal["fact", "value", "figure"]
    name: str
    span: Span
    measure: Measure
    subject: str = ""
    address: Address | None = None
    since: int | None = None
    given: tuple[str, ...] | bool | str | None = None
    years: tuple[int, ...] = ()

    @property
    def missing(self) -> bool:
        """A fact that nothing was said about, or not enough."""
        return self.kind == "fact" and self.given is None and not self.span.point


class Reason(NamedTuple):
    """One step of the reasoning and its result; `parts` are the steps that it rests on."""

    result: Truth
    kind: Literal["and", "or", "not", "at_least", "compare", "is_a", "flag", "provision", "stated", "reach"]
    parts: tuple["Reason", ...] = ()
    left: tuple[Input, ...] = ()
    right: tuple[Input, ...] = ()
    sign: str = ""
    categories: tuple[str, ...] = ()
    address: Address | None = None

    def asked_years(self) -> dict[tuple[str, str], frozenset[int]]:
        """(subject, fact) -> the years of which a missing fact is asked, where it goes by year."""
        found: dict[tuple[str, str], frozenset[int]] = {}
        stack: list[Reason] = [self]
        while stack:
            reason = stack.pop()
            if reason.result is None:
                for entry in (*reason.left, *reason.right):
                    if entry.missing and entry.years:
                        key = (entry.subject, entry.name)
                        found[key] = found.get(key, frozenset()) | frozenset(entry.years)
                stack.extend(reason.parts)
        return found

    def missing(self) -> frozenset[tuple[str, str]]:
        """(subject, fact) pairs that could still settle this step; none once it is decided."""
        if self.result is not None:
            return frozenset()
        found: set[tuple[str, str]] = set()
        stack: list[Reason] = [self]
        while stack:
            reason = stack.pop()
            if reason.result is None:
                found.update((entry.subject, entry.name) for entry in (*reason.left, *reason.right) if entry.missing)
                stack.extend(reason.parts)
        return frozenset(found)
