"""YAML that means what it says: scalars by our own rules, the place of every value, every trap refused.

Built on libyaml's stream of events, because PyYAML's loaders turn `on` into True and `12:30:45` into 45045,
keep the last of two equal keys in silence, and recurse.
"""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NoReturn, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from rambu.errors import Problem, RambuError
from rambu.yaml_complaints import COMPLAINTS, SYNTAX

LARGEST_FILE = 5_000_000  # bytes
MOST_NODES = 200_000
DEEPEST = 40  # levels
LONGEST_NUMBER = 100  # characters; Python itself refuses integers of more than 4,300

KeyPath: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]  # line and column, from 1; 0 where not known
Scalar: TypeAlias = str | bool | int | Decimal | date

_WORDS: Mapping[str, bool] = {"true": True, "false": False}
_NOTHING = frozenset({"", "~", "null"})
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?P<fraction>\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CHARACTER = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# Looked for before libyaml sees them: it compares each directive with all before it, minutes for 5 MB.
_DIRECTIVE = re.compile("(?:^|[\n\r\x85\u2028\u2029])%")


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says, and on which line and column it says it."""

    data: object
    marks: Mapping[KeyPath, Place]
    keys: Mapping[KeyPath, Place]
    file: str

    def at(self, path: KeyPath) -> Place:
        """The place of the value at this path, or of the nearest value around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (0, 0))


def read_file(path: Path) -> Document:
    """Read one file; RambuError with all complaints if it cannot be taken at its word."""
    file = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            _refuse(file, "directory")
        if status.st_size > LARGEST_FILE:
            _refuse(file, "too-large", limit=LARGEST_FILE)
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)  # devices and pipes state no size
    except (FileNotFoundError, ValueError):  # ValueError: a NUL in the path
        _refuse(file, "missing-file")
    except OSError as error:
        _refuse(file, "unreadable", reason=error.strerror)
    return read(content, file)


def read(content: bytes | str, file: str) -> Document:
    """Read the content of a file; RambuError with all complaints if it cannot be taken at its word."""
    if len(content) > LARGEST_FILE:
        _refuse(file, "too-large", limit=LARGEST_FILE)
    text = _decoded(content, file) if isinstance(content, bytes) else content
    text = text.removeprefix("\ufeff")
    if found := _CHARACTER.search(text):
        place, count = _place_in(text, found.start()), len(_CHARACTER.findall(text))
        _refuse(file, "character", place, character=_code_point(found[0]), count=count)
    if found := _DIRECTIVE.search(text):
        _refuse(file, "directive", _place_in(text, found.end() - 1))
    return _Reading(file).of(text)


class ScalarError(ValueError):
    """A plain scalar that looks like something it cannot be."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def resolve(text: str) -> Scalar:
    """What a plain scalar means: a truth value, number or day if it is written just so, or else its text."""
    if text in _WORDS:
        return _WORDS[text]
    if not text.startswith(("-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")):
        return text
    if _DAY.fullmatch(text):
        return _day(text)
    number = _NUMBER.fullmatch(text)
    if number is None:
        return text
    if len(text) > LONGEST_NUMBER:
        raise ScalarError("long-number", limit=LONGEST_NUMBER)
    return Decimal(text) if number["fraction"] else int(text)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    path: KeyPath
    held: dict[str, object] | list[object]
    flow: bool
    key: str | None = None  # the key that waits for its value
    spoilt: bool = False  # complained of: what else is wrong in it may come from that

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.held, dict)

    @property
    def next_path(self) -> KeyPath:
        if isinstance(self.held, list):
            return (*self.path, len(self.held))
        return (*self.path, self.key or "")

    @property
    def owner(self) -> str:
        return "an item of this list" if self.key is None else _shown(self.key)

    def put(self, value: object) -> None:
        if isinstance(self.held, list):
            self.held.append(value)
        elif self.key is None:
            self.key = ""  # an alias, mapping or list as key: complained of where it began
        else:
            self.held[self.key] = value
            self.key = None


@dataclass(slots=True)
class _Reading:
    """One pass over the events of one text, gathering values, places and complaints."""

    file: str
    data: object = None
    nodes: int = 0
    documents: int = 0
    around: list[_Open] = field(default_factory=list)  # outermost first
    marks: dict[KeyPath, Place] = field(default_factory=dict)
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of(self, text: str) -> Document:
        if not yaml.__with_libyaml__:
            self.stop((0, 0), "no-libyaml")
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                self.take(event)
        except yaml.YAMLError as error:
            self.problems.append(_syntax_problem(error, self.file))
        if not self.nodes and not self.problems:
            self.complain((1, 1), "empty-file")
        if self.problems:
            raise RambuError(self.problems)
        return Document(self.data, self.marks, self.keys, self.file)

    def take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self.take_scalar(event)
        elif isinstance(event, CollectionStartEvent):
            self.begin(event)
        elif isinstance(event, CollectionEndEvent):
            self.put(self.around.pop().held)
        elif isinstance(event, AliasEvent):
            self.meet(event)
            self.put("")
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop(_place(event), "second-document")

    def meet(self, event: NodeEvent) -> Place:
        place = _place(event)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.stop(place, "too-many-values", limit=MOST_NODES)
        if event.anchor is not None:
            self.complain(place, "anchor")
        tag: str | None = getattr(event, "tag", None)  # an alias has none
        if tag is not None:
            self.complain(place, "tag", tag=_shown(tag.replace("tag:yaml.org,2002:", "!!")))
        return place

    def begin(self, event: CollectionStartEvent) -> None:
        place = self.meet(event)
        is_key = bool(self.around) and self.around[-1].awaits_key
        if is_key:
            self.complain(place, "complex-key")
            self.around[-1].spoilt = self.around[-1].flow
        if len(self.around) == DEEPEST:
            self.stop(place, "too-deep", limit=DEEPEST)
        path = self.mark(place)
        held: dict[str, object] | list[object] = {} if isinstance(event, MappingStartEvent) else []
        self.around.append(_Open(path, held, bool(event.flow_style), spoilt=is_key))

    def take_scalar(self, event: ScalarEvent) -> None:
        place = self.meet(event)
        if event.style == '"' and (found := _CHARACTER.search(event.value)):
            self.complain(place, "character", character=_code_point(found[0]), count=1)
        inner = self.around[-1] if self.around else None
        if inner is not None and inner.awaits_key:
            self.take_key(inner, event, place)
            return
        self.mark(place)
        self.put(event.value if event.style else self.meaning(inner, event.value, place))

    def take_key(self, inner: _Open, event: ScalarEvent, place: Place) -> None:
        key = event.value
        path = (*inner.path, key)
        if key in inner.held and not inner.spoilt:
            first = self.keys.get(path, place)
            self.complain(place, "duplicate-key", key=_shown(key), line=first[0])
        if not event.style:
            self.check_plain_key(inner, key, place)
        self.keys.setdefault(path, place)
        inner.key = key

    def check_plain_key(self, inner: _Open, key: str, place: Place) -> None:
        if key in _NOTHING:
            self.complain(place, "empty-key")
        elif key == "<<":
            self.complain(place, "merge-key")
        elif not _is_paired(key):
            self.complain_of_split(inner, key, place)
        else:
            self.resolved(key, place)

    def meaning(self, inner: _Open | None, text: str, place: Place) -> object:
        if text in _NOTHING:
            self.complain_of_nothing(inner, place)
        elif inner is not None and inner.flow and not _is_paired(text):
            self.complain_of_split(inner, text, place)
        else:
            return self.resolved(text, place)
        return text

    def resolved(self, text: str, place: Place) -> Scalar:
        try:
            return resolve(text)
        except ScalarError as refused:
            self.complain(place, refused.code, **refused.details)
            return text

    def complain_of_nothing(self, inner: _Open | None, place: Place) -> None:
        if inner is None:
            self.complain(place, "empty-file")
        elif not inner.spoilt:
            self.complain(place, "no-value", owner=inner.owner)

    def complain_of_split(self, inner: _Open, text: str, place: Place) -> None:
        if not inner.spoilt:
            self.complain(place, "split-text", text=_shown(text))
        inner.spoilt = inner.flow

    def mark(self, place: Place) -> KeyPath:
        path = self.around[-1].next_path if self.around else ()
        self.marks[path] = place
        return path

    def put(self, value: object) -> None:
        if self.around:
            self.around[-1].put(value)
        else:
            self.data = value

    def complain(self, place: Place, code: str, **details: object) -> None:
        self.problems.append(_problem(self.file, place, code, **details))

    def stop(self, place: Place, code: str, **details: object) -> NoReturn:
        self.complain(place, code, **details)
        raise RambuError(self.problems)


def _problem(file: str, place: Place, code: str, **details: object) -> Problem:
    what, do = COMPLAINTS[code]
    return Problem(file, *place, code, what.format(**details), do.format(**details))


def _refuse(file: str, code: str, place: Place = (0, 0), **details: object) -> NoReturn:
    raise RambuError([_problem(file, place, code, **details)]) from None


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    said = str(getattr(error, "problem", None) or error)
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    if "nesting depth" in said:
        return _problem(file, place, "too-deep", limit=DEEPEST)
    told = (text for words, text in SYNTAX.items() if words in said)
    what, do = next(told, (f"this is not YAML: {said}", "compare the line with its neighbours"))
    if begun and mark and begun.line < mark.line:
        what += f" (in what began on line {begun.line + 1})"
    return _problem(file, place, "syntax", what=what, do=do)


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place_in(content[: error.start].decode("utf-8"), error.start)
        _refuse(file, "not-utf-8", place, number=error.start + 1, byte=f"0x{content[error.start]:02X}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScalarError("no-such-day", text=text) from None


def _is_paired(text: str) -> bool:
    if "(" not in text and ")" not in text:
        return True
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _place(event: Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _place_in(text: str, index: int) -> Place:
    before = text[:index]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
