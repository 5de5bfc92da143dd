"""Expressions and names of a provision, and circles in what they refer to."""

from collections.abc import Iterator

from rambu.expressions.nodes import Among, Arithmetic, Call, Compare, Expression, Junction, Name, Not
from rambu.expressions.parse import ExpressionError, parse
from rambu.model.instrument import Provision
from rambu.model.value import After, Bands, Cases, Node, Rows, Slices, children
from rambu.register import Address

Path = tuple[str | int, ...]
NUMBERLESS = ("text",)


def expressions(provision: Provision) -> Iterator[tuple[Path, str]]:
    """Every expression text of a provision, with its path."""
    for key, text in (("applies_when", provision.applies_when), ("unless", provision.unless)):
        if text:
            yield (key,), text
    for key, tree in (("from", provision.starts), ("until", provision.until)):
        yield from (((key,), text) for text in _texts(tree))
    for name, value in provision.values.items():
        if value.unit not in NUMBERLESS:
            yield from ((("values", name), text) for text in _texts(value.node))


def _texts(node: Node | None) -> Iterator[str]:
    match node:
        case str():
            yield node
        case Bands() | Slices() | Cases():
            yield node.by
        case Rows():
            yield from (row.when for row in node.rows if row.when)
        case After():
            yield node.after
    for child in children(node):
        yield from _texts(child)


def names_in(text: str) -> Iterator[Name]:
    """Every name in an expression; nothing if it is none."""
    try:
        yield from _names(parse(text))
    except ExpressionError:
        return


def _names(node: Expression) -> Iterator[Name]:
    match node:
        case Name():
            yield node
        case Not(of):
            yield from _names(of)
        case Junction(_, parts) | Call(_, parts):
            for part in parts:
                yield from _names(part)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            yield from _names(left)
            yield from _names(right)
        case Among(name, _):
            yield name


def circle(graph: dict[Address, set[Address]], start: Address, done: set[Address]) -> list[Address]:
    """A way from `start` back to a node on the way, if there is one; nodes without are done."""
    way: list[Address] = []
    stack = [(start, iter(graph.get(start, ())))]
    way.append(start)
    while stack:
        node, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            way.pop()
            done.add(node)
        elif following in way:
            return [*way[way.index(following) :], following]
        elif following not in done:
            way.append(following)
            stack.append((following, iter(graph.get(following, ()))))
    return []
