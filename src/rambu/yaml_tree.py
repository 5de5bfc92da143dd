"""A YAML text as a tree that keeps what loading drops: how each thing is written, and every comment with its place."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml
from yaml.events import (
    CollectionEndEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)


class Mark(Protocol):
    """Where libyaml saw something, from 0."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """One scalar: its value, its style (`""` plain, quotes, `|` or `>`), and the text between its marks."""

    value: str
    style: str
    written: str


@dataclass(slots=True)
class Entry:
    """One entry of a mapping (with key) or list (without): comments on the lines above and beside."""

    key: Scalar | None
    node: "Node"
    line: int
    above: list[str] = field(default_factory=list)
    beside: str = ""


@dataclass(slots=True)
class Collection:
    """A mapping or a list; `flow` when written with brackets, `lines` that it spans."""

    mapping: bool
    flow: bool
    lines: int
    entries: list[Entry] = field(default_factory=list)


Node = Scalar | Collection


@dataclass(slots=True)
class Tree:
    """The root of a file, and the comments behind its last entry."""

    root: Node
    below: list[str]


def read_tree(text: str) -> Tree:
    """The tree of a text that the strict reader has accepted."""
    text = text.removeprefix("\ufeff")
    events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    lines = text.splitlines()
    builder = _Builder(text, events)
    root = builder.node()
    entries = list(_block_entries(root))
    below: list[str] = []
    for number, comment, alone in _comments(lines, builder.covered):
        _attach(entries, below, number, comment, alone)
    return Tree(root, below)


class _Builder:
    """Takes the stream of events apart, remembering which stretches of the text are scalars."""

    def __init__(self, text: str, events: list[Event]) -> None:
        self.text = text
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.events = iter(
            event
            for event in events
            if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | CollectionEndEvent)
        )
        self.covered: dict[int, list[tuple[int, int]]] = {}

    def node(self, event: Event | None = None) -> Node:
        """The next node of the stream."""
        event = event or next(self.events)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        assert isinstance(event, MappingStartEvent | SequenceStartEvent)
        found = Collection(isinstance(event, MappingStartEvent), bool(event.flow_style), 1)
        first = _mark(event.start_mark)[0]
        for inner in self.events:
            if isinstance(inner, CollectionEndEvent):
                found.lines = _mark(inner.end_mark)[0] - first + 1
                break
            found.entries.append(self._entry(inner, found.mapping))
        return found

    def _entry(self, event: Event, mapping: bool) -> Entry:
        line, _ = _mark(event.start_mark)
        if not mapping:
            return Entry(None, self.node(event), line)
        key = self._scalar(event) if isinstance(event, ScalarEvent) else Scalar("", "", "")
        return Entry(key, self.node(), line)

    def _scalar(self, event: ScalarEvent) -> Scalar:
        (first, left), (last, right) = _mark(event.start_mark), _mark(event.end_mark)
        written = self.text[self.starts[first] + left : self.starts[last] + right]
        for line in range(first, last + 1):
            start = left if line == first else 0
            end = right if line == last else len(self.text)
            self.covered.setdefault(line, []).append((start, end))
        return Scalar(event.value, event.style or "", written)


def _mark(mark: Mark | None) -> tuple[int, int]:
    """Line and column, from 0; libyaml always knows them."""
    assert mark is not None
    return mark.line, mark.column


def _block_entries(node: Node) -> Iterator[Entry]:
    """Entries that stand on lines of their own, in the order of the file."""
    if isinstance(node, Collection) and not node.flow:
        for entry in node.entries:
            yield entry
            yield from _block_entries(entry.node)


def _comments(lines: list[str], covered: dict[int, list[tuple[int, int]]]) -> Iterator[tuple[int, str, bool]]:
    """(line, text, whether it stands alone) of every comment; an empty line is an empty comment."""
    for number, line in enumerate(lines):
        if not line.strip() and number not in covered:
            yield number, "", True
        for column, letter in enumerate(line):
            begins = letter == "#" and (column == 0 or line[column - 1] in " \t")
            if begins and not any(start <= column < end for start, end in covered.get(number, ())):
                yield number, line[column:].rstrip(), not line[:column].strip()
                break


def _attach(entries: list[Entry], below: list[str], number: int, comment: str, alone: bool) -> None:
    """Beside the last entry that has begun, or above the next one."""
    begun = bisect_right([entry.line for entry in entries], number)
    if not alone and begun and not entries[begun - 1].beside:
        entries[begun - 1].beside = comment
    elif not alone and begun:
        entries[begun - 1].above.append(comment)
    elif begun < len(entries):
        entries[begun].above.append(comment)
    else:
        below.append(comment)
