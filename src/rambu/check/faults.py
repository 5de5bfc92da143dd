"""Faults of value trees: rows and bands that cannot be reached, cases that leave a category out."""

from collections.abc import Iterator
from itertools import pairwise

from rambu.model.value import Bands, Cases, Node, Rows, Value, children
from rambu.register import Register


def tree_faults(value: Value, register: Register) -> Iterator[tuple[str, str]]:
    """Rows and bands that cannot be reached, cases that leave a category out."""
    if value.node is not None:
        yield from _node_faults(value.node, register)


def _node_faults(node: Node, register: Register) -> Iterator[tuple[str, str]]:
    match node:
        case Bands():
            open_ends = [band.to is None and band.below is None for band in node.bands]
            if True in open_ends[:-1]:
                yield "a band after the open one cannot be reached", "put the band without an edge last"
            edges = [band.below if band.to is None else band.to for band in node.bands]
            numbers = [edge for edge in edges if isinstance(edge, int)]
            if any(later <= earlier for earlier, later in pairwise(numbers)):
                yield "edges of bands do not rise", "order the bands from small to large"
        case Rows():
            if any(row.when is None for row in node.rows[:-1]):
                yield "a row after `else` cannot be reached", "put `else` last"
            whens = [row.when for row in node.rows if row.when]
            if len(set(whens)) < len(whens):
                yield "the same condition twice: the later row cannot be reached", "drop it"
        case Cases():
            yield from _case_faults(node, register)
    for child in children(node):
        yield from _node_faults(child, register)


def _case_faults(node: Cases, register: Register) -> Iterator[tuple[str, str]]:
    vocabulary = register.vocabulary
    fact = vocabulary.facts.get(node.by.rpartition(".")[2])
    if fact is None or fact.type != "category" or node.otherwise is not None:
        return
    named = {word.strip() for key in node.cases for word in key.split(",")}
    tree = vocabulary.tree_name(node.by.rpartition(".")[2])
    left = [name for name in _leaves(vocabulary.trees.get(tree, {})) if not vocabulary.ancestors[name] & named]
    if left:
        yield f"cases leave out {', '.join(left[:3])}", "cover the whole tree, or write `else: none`"


def _leaves(branch: dict[str, dict[str, object]]) -> Iterator[str]:
    for name, below in branch.items():
        if below:
            yield from _leaves(below)  # type: ignore[arg-type]
        else:
            yield name
