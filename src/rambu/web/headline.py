"""The result in numbers: as a heading, and as boxes that lead to the parts of the answer."""

from collections import Counter

from rambu.publish.answer import HEADS
from rambu.publish.sorting import OPEN
from rambu.publish.wording import Wording
from rambu.publish.words import mark
from rambu.web.view import Plain

SPOKEN = ("to_do", "charges", "incentives", "opportunities")
BOXES = (
    ("to_do", mark("To do")),
    ("money", mark("Money")),
    ("coming", mark("Coming")),
    ("open", mark("Cannot tell yet")),
    ("refused", mark("Does not apply")),
)


def headline(counted: Counter[str], words: Wording) -> str:
    """What applies, and what cannot be told."""
    parts = [
        words.many(*heads, counted[key]) for key, heads in HEADS if key in SPOKEN and (counted[key] or key == "to_do")
    ]
    cannot_tell = sum(counted[sort] for sort in OPEN)
    if cannot_tell:
        parts.append(words.many("{number} cannot be told yet", "{number} cannot be told yet", cannot_tell))
    return "; ".join(parts)


def tallies(counted: Counter[str], words: Wording) -> list[Plain]:
    """One box for each part."""
    numbers = {
        **counted,
        "money": counted["charges"] + counted["incentives"],
        "refused": counted["not"],
        "open": sum(counted[sort] for sort in OPEN),
    }
    return [{"id": key, "label": words.say(label), "number": numbers.get(key, 0)} for key, label in BOXES]
