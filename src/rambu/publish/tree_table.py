"""`rambu table`: trees of a provision as grids, with the edges as questions."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rambu.model.instrument import Provision
from rambu.model.value import Node
from rambu.publish.trees import Row, Trees
from rambu.publish.wording import Wording


def print_trees(provision: Provision, only: str, wording: Wording, console: Console) -> None:
    """The trees of a provision, or the one that is named."""
    trees = Trees(wording)
    found: list[tuple[str, str, Node]] = []
    for name, tree in (("from", provision.starts), ("until", provision.until)):
        if tree is not None and only in ("", name):
            found.append((name, "date", tree))
    for name, value in provision.values.items():
        if value.node is not None and only in ("", name):
            found.append((name, value.unit, value.node))
    for name, unit, node in found:
        _print(name, unit, node, trees, console)


def _print(name: str, unit: str, node: Node, trees: Trees, console: Console) -> None:
    console.print(Text(f"\n{name}", style="bold").append(f"  {unit}", style="dim"))
    console.print(Padding(grid(list(trees.rows(node, unit)), trees), (0, 0, 0, 2), expand=False))
    for edge in dict.fromkeys(trees.edges(node)):
        console.print(Padding(Text(f"? {edge}", style="yellow"), (0, 0, 0, 2), expand=False))


def grid(rows: list[Row], trees: Trees) -> Table:
    """One column for each question of the tree, one for the leaf."""
    questions = list(dict.fromkeys(question for row in rows for question, _ in row.way))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for question in questions:
        table.add_column(Text(question))
    table.add_column(Text(trees.say("value")))
    for row in rows:
        answers = dict(row.way)
        table.add_row(*(Text(answers.get(question, "")) for question in questions), Text(row.leaf))
    return table
