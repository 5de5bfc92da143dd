"""The vocabulary of facts, for people who write profiles and rules."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from rambu.model.vocabulary import Fact
from rambu.publish.wording import Wording
from rambu.publish.words import SUBJECTS, mark

TYPES = {
    "count": mark("whole number"), "integer": mark("whole number"), "number": mark("number"), "money": mark("money"),
    "boolean": mark("yes or no"), "date": mark("day"), "month_day": mark("month and day"), "category": mark("category"),
    "text": mark("text"),
}  # fmt: skip


def print_facts(word: str, wording: Wording, console: Console) -> bool:
    """Facts in which a word occurs, or all; the categories too when a fact is named. False if there is none."""
    found = [(name, fact) for name, fact in wording.vocabulary.facts.items() if _matches(word, name, fact)]
    for name, fact in found:
        console.print(Text(name, style="bold").append(f"  {wording.of(fact.label)}", style="not bold"))
        for text in _lines(name, fact, wording):
            console.print(Padding(Text(text), (0, 0, 0, 4), expand=False))
        if fact.type == "category" and (word == name or len(found) == 1):
            tree = wording.vocabulary.trees.get(wording.vocabulary.tree_name(name), {})
            for depth, category in _categories(tree, 0):
                line = Text(category).append(f"  {wording.category(category)}", style="dim")
                console.print(Padding(line, (0, 0, 0, 6 + 2 * depth), expand=False))
    return bool(found)


def _matches(word: str, name: str, fact: Fact) -> bool:
    texts = [name, fact.definition, *fact.label.values(), *(fact.question or {}).values()]
    return any(word.casefold() in text.casefold() for text in texts)


def _lines(name: str, fact: Fact, wording: Wording) -> Iterator[str]:
    yield fact.definition
    kinds = [fact.subject] if isinstance(fact.subject, str) else list(fact.subject)
    parts = [", ".join(wording.say(SUBJECTS[kind]) for kind in kinds), wording.say(TYPES[fact.type])]
    parts += [fact.unit] if fact.unit else []
    flags = {
        wording.say("by year"): fact.by_year, wording.say("a complete list"): fact.many,
        f"{name}_group": fact.group, f"{name}_sum, {name}_max, {name}_any": fact.sites,
    }  # fmt: skip
    parts += [flag for flag, holds in flags.items() if holds]
    parts += [wording.say("assumed if not given: {value}", value=fact.edge)] if fact.edge else []
    yield " · ".join(parts)
    if fact.question:
        yield wording.of(fact.question)


def _categories(tree: dict[str, Any], depth: int) -> Iterator[tuple[int, str]]:
    for name, below in tree.items():
        yield depth, name
        yield from _categories(below, depth + 1)
