"""A value tree as rows of a grid: one row for each way to a leaf, and the edges where two rows meet."""

from collections.abc import Iterator
from dataclasses import dataclass

from rambu.model.value import After, Announced, Bands, Cases, Dated, Node, Rows, Slices, Yearly
from rambu.publish.wording import Wording


@dataclass(frozen=True, slots=True)
class Row:
    """One way through a tree: (question, answer) at each branching, and the leaf."""

    way: tuple[tuple[str, str], ...]
    leaf: str


class Trees:
    """Takes trees apart in the reader's language."""

    def __init__(self, wording: Wording) -> None:
        self.wording, self.say = wording, wording.say

    def rows(self, node: Node, unit: str) -> Iterator[Row]:
        """Every way to a leaf, in the order of the file."""
        for question, answer, below in self._branches(node):
            for row in self.rows(below, unit):
                yield Row(((question, answer), *row.way), row.leaf)
        if not isinstance(node, Dated | Announced | Cases | Bands | Rows | Slices):
            yield Row((), self.leaf(node, unit))
        if isinstance(node, Slices):
            yield from self._slices(node)

    def _branches(self, node: Node) -> Iterator[tuple[str, str, Node]]:
        match node:
            case Dated(dated=entries):
                for day, below in entries.items():
                    yield self.say("since"), self.wording.written_day(day), below
            case Announced(announced=entries):
                for day, below in entries.items():
                    yield self.say("announced"), self.wording.written_day(day), below
            case Cases():
                for key, below in node.cases.items():
                    yield self._name(node.by), self._categories(key), below
                if node.otherwise is not None:
                    yield self._name(node.by), self.say("anything else"), node.otherwise
            case Bands():
                yield from self._bands(node)
            case Rows():
                for row in node.rows:
                    part = row.otherwise if row.when is None else row.node
                    yield self.say("if"), row.when or self.say("otherwise"), "none" if part is None else part

    def _bands(self, node: Bands) -> Iterator[tuple[str, str, Node]]:
        """Each band between its edges; which of them it includes is said."""
        lower = ""
        for band in node.bands:
            upper = (
                f"≤ {self._edge(band.to)}"
                if band.to is not None
                else f"< {self._edge(band.below)}"
                if band.below is not None
                else ""
            )
            yield self._name(node.by), ", ".join(part for part in (lower, upper) if part) or self.say("any"), band.node
            lower = f"> {self._edge(band.to)}" if band.to is not None else f"≥ {self._edge(band.below)}"

    def _slices(self, node: Slices) -> Iterator[Row]:
        lower = "0"
        for part in node.slices:
            upper = self._edge(part.to) if part.to is not None else "…"
            yield Row(
                ((self._name(node.by), f"{lower} – {upper}"),), self.say("{rate} % of what lies in it", rate=part.rate)
            )
            lower = upper

    def _name(self, by: str) -> str:
        return self.wording.fact(by) if by in self.wording.vocabulary.facts else by

    def _categories(self, key: str) -> str:
        return ", ".join(self.wording.category(word.strip()) for word in key.split(","))

    @staticmethod
    def _edge(edge: int | str | None) -> str:
        return f"{edge:,}" if isinstance(edge, int) else str(edge)

    def leaf(self, node: Node, unit: str) -> str:
        """A leaf in words; a formula as it is written."""
        match node:
            case int():
                return str(node) if unit == "date" else self.wording.amount(node, unit)  # a bare year
            case "none":
                return self.say("none")
            case "..":
                return self.say("exists, figure not seen")
            case After():
                step = (
                    self.wording.many(
                        "{number} month after {day}",
                        "{number} months after {day}",
                        node.months,
                        day=self._name(node.after),
                    )
                    if node.months is not None
                    else self.wording.many(
                        "{number} day after {day}",
                        "{number} days after {day}",
                        node.days or 0,
                        day=self._name(node.after),
                    )
                )
                return ", ".join([step, self.say("at the month’s end")]) if node.at else step
            case Yearly():
                return self.say("every year on {day}", day=node.yearly)
        return self._text(str(node), unit)

    def _text(self, text: str, unit: str) -> str:
        try:
            return self.wording.written_day(text) if unit == "date" else text
        except ValueError:
            return text

    def edges(self, node: Node) -> Iterator[str]:
        """Each edge as a question to confirm from the source; the file's own answer is not given away."""
        if isinstance(node, Bands):
            for band in node.bands:
                edge = band.below if band.to is None else band.to
                if edge is not None:
                    yield self.say(
                        "{fact} of exactly {edge}: below or above the edge?",
                        fact=self._name(node.by),
                        edge=self._edge(edge),
                    )
        if isinstance(node, Dated):
            for day in node.dated:
                yield self.say("{day}: already by the new figure?", day=self.wording.written_day(day))
        for _, _, below in self._branches(node):
            yield from self.edges(below)
