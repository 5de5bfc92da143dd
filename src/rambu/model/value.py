"""Values: what a provision fixes, as a small tree whose leaves are numbers, days, words, formulas, ranges or `none`.

The grammar is in register/README.md. A leaf keeps the text of the file (`49.9`, `2025-01-01`, `9..15`), so that
numbers stay exact; what it means follows from the unit of its value.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from rambu.model.base import Confidence, Record, as_text

Leaf = Annotated[int | str, BeforeValidator(as_text), Field(description="number, day, text, none, a..b or expression")]


class Dated(Record):
    """Read on the clock's day: the last entry that is not later. Before the first entry: none."""

    dated: Annotated[dict[str, "Node"], Field(min_length=1)]


class Announced(Record):
    """Read on `known_on`: the last entry that had been announced. Before the first entry: unknown."""

    announced: Annotated[dict[str, "Node"], Field(min_length=1)]


class Cases(Record):
    """A branch for each category (or year) of a fact; without `else` they cover the tree."""

    by: str
    cases: Annotated[dict[str, "Node"], Field(min_length=1)]
    otherwise: Annotated["Node | None", Field(alias="else", default=None)]


class Band(Record):
    """One band: `to` includes its edge, `below` does not; the last band has neither."""

    to: Leaf | None = None
    below: Leaf | None = None
    node: Annotated["Node", Field(alias="is")]


class Bands(Record):
    """A step scale over a formula."""

    by: str
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]


class Slice(Record):
    """One marginal slice, with its rate in percent; the last has no `to`."""

    to: Leaf | None = None
    rate: Leaf


class Slices(Record):
    """A marginal scale over a formula: each slice bears its own rate."""

    by: str
    slices: Annotated[tuple[Slice, ...], Field(min_length=1)]


class Row(Record):
    """One row of a decision table: `when` and `is`, or `else`."""

    when: str | None = None
    node: Annotated["Node | None", Field(alias="is", default=None)]
    otherwise: Annotated["Node | None", Field(alias="else", default=None)]

    @model_validator(mode="after")
    def _whole(self) -> "Row":
        if (self.otherwise is None) == (self.when is None) or (self.when is None) != (self.node is None):
            raise ValueError("a row is {when: condition, is: node}, the last may be {else: node}")
        return self


class Rows(Record):
    """A decision table: the first true row wins, and counts only when all earlier ones are false."""

    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    in_order: bool = False


class After(Record):
    """A day reckoned from another one."""

    after: str
    months: int | None = None
    days: int | None = None
    at: Literal["month_end"] | None = None

    @model_validator(mode="after")
    def _one_step(self) -> "After":
        if (self.months is None) == (self.days is None):
            raise ValueError("after: … needs either months: n or days: n")
        return self


class Yearly(Record):
    """The same day every year, MM-DD."""

    yearly: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")]


BRANCHES = ("dated", "announced", "cases", "bands", "slices", "rows", "after", "yearly")
NODE_KEYS = frozenset({*BRANCHES, "by", "else", "in_order", "months", "days", "at"})


def _shape(given: Any) -> str:
    if isinstance(given, Record):
        return type(given).__name__.lower()
    if not isinstance(given, Mapping):
        return "leaf"
    return next((branch for branch in BRANCHES if branch in given), "cases")


Node = Annotated[
    Annotated[Leaf, Tag("leaf")]
    | Annotated[Dated, Tag("dated")]
    | Annotated[Announced, Tag("announced")]
    | Annotated[Cases, Tag("cases")]
    | Annotated[Bands, Tag("bands")]
    | Annotated[Slices, Tag("slices")]
    | Annotated[Rows, Tag("rows")]
    | Annotated[After, Tag("after")]
    | Annotated[Yearly, Tag("yearly")],
    Discriminator(_shape),
]


class Dispute(Record):
    """What another source says instead."""

    node: Annotated[Node, Field(alias="is")]
    source: str
    locator: str | None = None


class Value(Record):
    """A value with its unit, its source and its tree; without a tree the subject must state it."""

    unit: str
    sense: Literal["at_least", "at_most", "exactly", "up_to"] | None = None
    source: str | None = None
    locator: str | None = None
    printed: str | None = None
    confidence: Confidence | None = None
    note: str | None = None
    disputes: tuple[Dispute, ...] = ()
    node: Annotated[Node | None, Field(alias="is", default=None)]

    @model_validator(mode="before")
    @classmethod
    def _gather_inline_node(cls, given: Any) -> Any:
        """`{unit, by, bands}` means `{unit, is: {by, bands}}`."""
        if not isinstance(given, Mapping) or not NODE_KEYS & given.keys():
            return given
        if "is" in given:
            raise ValueError("write either `is:` or an inline branch, not both")
        node = {key: part for key, part in given.items() if key in NODE_KEYS}
        return {**{key: part for key, part in given.items() if key not in NODE_KEYS}, "is": node}


for _record in (Dated, Announced, Cases, Band, Bands, Row, Rows, Dispute, Value):
    _record.model_rebuild()


def children(node: Node | None) -> Iterator[Node]:
    """Branches directly below a node."""
    match node:
        case Dated(dated=entries) | Announced(announced=entries):
            yield from entries.values()
        case Cases():
            yield from node.cases.values()
            if node.otherwise is not None:
                yield node.otherwise
        case Bands():
            yield from (band.node for band in node.bands)
        case Rows():
            yield from (part for row in node.rows for part in (row.node, row.otherwise) if part is not None)
