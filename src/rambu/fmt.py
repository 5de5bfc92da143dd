"""The canonical form of a file of the register: keys in the guide's order, conditions in block style, digits grouped.

Written here and not left to a YAML library, because comments must move with the keys that they stand above, and because
every plain scalar must come out as it went in (`06-30`, `2025`, `..`) but for the grouping of digits.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pydantic import BaseModel

from rambu.errors import RambuError
from rambu.model import case, instrument, value
from rambu.strict_yaml import read, resolve
from rambu.yaml_tree import Collection, Entry, Node, Scalar, Tree, read_tree

CONDITIONS = ("applies_when", "unless", "when")
LONG_CONDITION, LONG_LINE = 60, 120  # characters
DIGITS = re.compile(r"(?<!\w)(?<!\d\.)\d{5,}(?!\w)")
BETWEEN = re.compile(r"(?<=\d)_(?=\d)")
PLAIN_START = re.compile(r"[\w(.]")
# Below these keys digits stay as they are: words, numbers of laws, names.
WORDS = frozenset({
    "sources", "history", "review", "at", "title", "summary", "label", "def", "question", "note", "printed", "locator",
    "issuer", "authority", "name", "why", "url", "queries", "nearest", "missing", "id", "uses", "aliases", "topics",
    "reason", "number", "checked_by", "source",
})  # fmt: skip
NODE = ("by", *value.BRANCHES, "else", "in_order", "months", "days", "at")
LANGUAGES = ("en", "ko")


def _fields(record: type[BaseModel]) -> tuple[str, ...]:
    """Keys of a record in the order of the guide."""
    return tuple(field.alias or name for name, field in record.model_fields.items())


VALUE = (*(key for key in _fields(value.Value) if key != "is"), "is", *NODE)
# Which keys a mapping has by where it stands: names of the path, `*` for any one of them.
ORDERS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    (): _fields(instrument.Instrument),
    ("sources", "*"): _fields(instrument.Source),
    ("history", "*"): _fields(instrument.Event),
    ("review",): _fields(instrument.Review),
    ("provisions", "*"): _fields(instrument.Provision),
    ("provisions", "*", "at"): _fields(instrument.At),
    ("provisions", "*", "quota"): _fields(instrument.Quota),
    ("provisions", "*", "values", "*"): VALUE,
}
CASE_ORDERS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    (): _fields(case.CaseFile),
    ("cases", "*"): _fields(case.Case),
    ("cases", "*", "source"): _fields(instrument.Source),
    ("cases", "*", "expect", "*"): _fields(case.Expected),
}
COVERAGE_ORDERS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    (): _fields(case.Coverage),
    ("topics", "*"): _fields(case.TopicCoverage),
}
PRACTICE_ORDERS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    (): _fields(case.Practice),
    ("sources", "*"): _fields(instrument.Source),
    ("achieved", "*"): _fields(case.Achieved),
}
TREE = ("provisions", "*", "values", "*")


def formatted(text: str, file: str) -> str:
    """The canonical form. Raises RambuError if the file cannot be read, or would not read the same afterwards."""
    before = read(text, file)
    tree = read_tree(text)
    made = "\n".join(_Writer(_orders(tree)).lines(tree)).strip("\n") + "\n"
    same = _bare(read(made, file).data) == _bare(before.data) and _comments(read_tree(made)) == _comments(tree)
    if not same:
        raise RambuError.of(
            "fmt", "the canonical form would not read the same", "leave the file as it is, and report it", file
        )
    return made


def _bare(data: object) -> object:
    """What was read, with the digits of ranges and formulas not grouped."""
    if isinstance(data, dict):
        return {key: _bare(part) for key, part in data.items()}
    if isinstance(data, list):
        return [_bare(part) for part in data]
    return BETWEEN.sub("", data) if isinstance(data, str) else data


def _comments(tree: Tree) -> Counter[str]:
    found = Counter(tree.below)
    queue = [tree.root]
    while queue:
        node = queue.pop()
        if isinstance(node, Collection):
            for entry in node.entries:
                found.update([*entry.above, *([entry.beside] if entry.beside else [])])
                queue.append(entry.node)
    del found[""]
    return found


def _orders(tree: Tree) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The orders of keys for the kind of file that this is; none for vocabularies and profiles."""
    entries = tree.root.entries if isinstance(tree.root, Collection) else []
    keys = {entry.key.value for entry in entries if entry.key}
    kinds = (("provisions", ORDERS), ("cases", CASE_ORDERS), ("who", PRACTICE_ORDERS), ("topics", COVERAGE_ORDERS))
    return next((orders for key, orders in kinds if key in keys and "facts" not in keys), {})


class _Writer:
    """Writes one tree."""

    def __init__(self, orders: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        self.orders = orders

    def lines(self, tree: Tree) -> Iterator[str]:
        if isinstance(tree.root, Collection):
            yield from self._block(tree.root, (), "")
        else:
            yield tree.root.written
        yield from tree.below

    # -- order

    def _ordered(self, node: Collection, path: tuple[str, ...]) -> list[Entry]:
        order = self._order(node, path) if node.mapping else None
        if order is None:
            return node.entries
        rank = {key: number for number, key in enumerate(order)}
        return sorted(node.entries, key=lambda entry: rank.get(entry.key.value if entry.key else "", len(rank)))

    def _order(self, node: Collection, path: tuple[str, ...]) -> tuple[str, ...] | None:
        for wanted, order in self.orders.items():
            if len(wanted) == len(path) and all(part in ("*", name) for part, name in zip(wanted, path, strict=True)):
                return order
        if path and path[-1] in ("title", "summary", "label", "question"):
            return LANGUAGES
        return _node_order(node) if self.orders is ORDERS and _in_tree(path) else None

    # -- block style

    def _block(self, node: Collection, path: tuple[str, ...], indent: str) -> Iterator[str]:
        for entry in self._ordered(node, path):
            for comment, following in pairwise([*entry.above, "key"]):
                if comment or following:
                    yield f"{indent}{comment}" if comment else ""
            yield from self._entry(entry, path, indent)

    def _entry(self, entry: Entry, path: tuple[str, ...], indent: str) -> Iterator[str]:
        name = entry.key.value if entry.key else "*"
        inner = (*path, name)
        head = f"{indent}{entry.key.written}:" if entry.key else f"{indent}-"
        beside = f"  {entry.beside}" if entry.beside else ""
        if self._inline(entry.node, inner, len(head)):
            first, *rest = self._beside(entry.node, inner, indent).split("\n")
            yield f"{head} {first}{beside}"
            yield from rest
            return
        assert isinstance(entry.node, Collection)
        below = list(self._block(entry.node, inner, f"{indent}  "))
        if entry.key is None and not beside and below[0].strip() and not below[0].lstrip().startswith("#"):
            yield f"{head} {below[0].lstrip()}"
            yield from below[1:]
        else:
            yield f"{head}{beside}"
            yield from below

    def _inline(self, node: Node, path: tuple[str, ...], left: int) -> bool:
        """Whether a node stays on the line of its key."""
        if isinstance(node, Scalar) or not node.entries:
            return True
        if not node.flow or _holds_condition(node):
            return False
        return node.lines == 1 or left + len(self._flow(node, path, "")) < LONG_LINE

    def _beside(self, node: Node, path: tuple[str, ...], indent: str) -> str:
        """What stands behind the key; only there is a condition free of quotes."""
        bare = (
            isinstance(node, Scalar)
            and node.style in ("'", '"')
            and path[-1] in CONDITIONS
            and _stands_plain(node.value)
        )
        return _grouped(node.value) if bare and isinstance(node, Scalar) else self._flow(node, path, indent)

    # -- on one line

    def _flow(self, node: Node, path: tuple[str, ...], indent: str) -> str:
        if isinstance(node, Scalar):
            return self._scalar(node, path, indent)
        parts = []
        for entry in self._ordered(node, path):
            key = f"{entry.key.written}: " if entry.key else ""
            text = self._flow(entry.node, (*path, entry.key.value if entry.key else "*"), indent)
            parts.append(key + text)
        return ("{%s}" if node.mapping else "[%s]") % ", ".join(parts)

    def _scalar(self, scalar: Scalar, path: tuple[str, ...], indent: str) -> str:
        if scalar.style in ("|", ">"):
            return _literal(scalar, indent)
        if not scalar.style and not WORDS.intersection(path):
            return _grouped(scalar.value)
        if "\n" not in scalar.written:
            return scalar.written
        return json.dumps(scalar.value, ensure_ascii=False) if scalar.style else scalar.value


def _in_tree(path: tuple[str, ...]) -> bool:
    """Below a value, or below `from` and `until`."""
    return (
        len(path) > 2
        and path[0] == "provisions"
        and (path[2] in ("from", "until") or (len(path) > len(TREE) and path[2] == "values"))
    )


def _node_order(node: Collection) -> tuple[str, ...] | None:
    """Order of keys of a node, band, row or slice; none for the entries of `dated`, `announced` and `cases`."""
    keys = {entry.key.value for entry in node.entries if entry.key}
    for order in (("when", "to", "below", "is", "rate", "else", "source", "locator"), NODE):
        if keys <= set(order):
            return order
    return None


def _holds_condition(node: Collection) -> bool:
    """Whether a condition stands in it that is long or holds a comma."""
    for entry in node.entries:
        if isinstance(entry.node, Collection):
            if _holds_condition(entry.node):
                return True
        elif (
            entry.key
            and entry.key.value in CONDITIONS
            and ("," in entry.node.value or len(entry.node.value) > LONG_CONDITION)
        ):
            return True
    return False


def _stands_plain(text: str) -> bool:
    """Whether a text needs no quotes in block style and is still a text without them."""
    safe = (
        PLAIN_START.match(text)
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and "\n" not in text
    )
    return bool(safe) and resolve(text) == text


def _grouped(text: str) -> str:
    """Digits in threes, from five digits on."""
    return DIGITS.sub(lambda found: f"{int(found[0]):_}" if not found[0].startswith("0") else found[0], text)


def _literal(scalar: Scalar, indent: str) -> str:
    """A `|` or `>` text under its new indentation."""
    head, _, body = scalar.written.rstrip().partition("\n")
    lines = body.split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join([head, *(f"{indent}  {line[margin:]}" if line.strip() else "" for line in lines)])
