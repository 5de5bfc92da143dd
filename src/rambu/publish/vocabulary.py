"""The vocabulary of facts, for people who write profiles and rules."""

from collections.abc import Iterator
from typing import Any

from rambu.model.vocabulary import Fact
from rambu.publish.layout import Line, line
from rambu.publish.wording import Wording
from rambu.publish.words import SUBJECTS, mark

TYPES = {
    "count": mark("whole number"), "integer": mark("whole number"), "number": mark("number"), "money": mark("money"),
    "boolean": mark("yes or no"), "date": mark("day"), "month_day": mark("month and day"), "category": mark("category"),
    "text": mark("text"),
}  # fmt: skip


def fact_lines(word: str, wording: Wording) -> Iterator[Line]:
    """Facts in which a word occurs, or all; the categories too of a fact that is named or the only one."""
    found = [(name, fact) for name, fact in wording.vocabulary.facts.items() if _matches(word, name, fact)]
    for name, fact in found:
        yield Line(0, ((name, "head"), (f"  {wording.of(fact.label)}", "")))
        for text in _about(name, fact, wording):
            yield line(4, text)
        if fact.type == "category" and (word == name or len(found) == 1):
            tree = wording.vocabulary.trees.get(wording.vocabulary.tree_name(name), {})
            for depth, category in _categories(tree, 0):
                yield Line(6 + 2 * depth, ((category, ""), (f"  {wording.category(category)}", "quiet")))


def _matches(word: str, name: str, fact: Fact) -> bool:
    texts = [name, fact.definition, *fact.label.values(), *(fact.question or {}).values()]
    return any(word.casefold() in text.casefold() for text in texts)


def _about(name: str, fact: Fact, wording: Wording) -> Iterator[str]:
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
