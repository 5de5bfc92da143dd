"""A question as plain data: its wording, what it settles, and how it may be answered."""

from collections.abc import Iterator
from typing import Any

from rambu.interview import choices, known
from rambu.model.vocabulary import Fact
from rambu.publish.sorting import OPEN, sort_of
from rambu.publish.wording import Wording
from rambu.web.state import State
from rambu.web.view import Plain

MOST_OPTIONS = 80


def question(state: State, subject: str, fact: str, words: Wording, name: str = "q0", below: str = "") -> Plain:
    """One question about one subject."""
    found = known(fact, state.site.register)
    settles, enters = next(
        ((one.settles, one.enters) for one in state.assessment.questions if (one.subject, one.fact) == (subject, fact)),
        (0, 0),
    )
    return {
        "name": name,
        "id": name,
        "subject": subject,
        "subject_text": words.subject_named(subject),
        "fact": fact,
        "label": words.fact(fact),
        "text": words.question(fact),
        "definition": found.definition if found else "",
        "settles": settles,
        "enters": enters,
        "open": sum(sort_of(one) in OPEN for one in state.assessment.findings),
        "group": fact.endswith("_group"),
        **control(state, subject, fact, found, words, below),
    }


def control(state: State, subject: str, name: str, fact: Fact | None, words: Wording, below: str = "") -> Plain:
    """How the answer is given: `kind`, with options or units where there are any."""
    made: Plain = {"kind": "boolean", "options": [], "units": [], "unit": "", "below": ""}
    if fact is None or fact.type == "boolean":
        return made
    if fact.type == "category":
        return {**made, **_categories(state, name, fact, words, below)}
    if fact.type in ("date", "month_day", "text"):
        return {**made, "kind": fact.type}
    if fact.type == "money":
        return {**made, "kind": "number", **_currencies(state, subject, words)}
    return {**made, "kind": "number", **_units(state, fact, words)}


def _categories(state: State, name: str, fact: Fact, words: Wording, below: str) -> Plain:
    vocabulary = state.site.register.vocabulary
    plain = name if name in vocabulary.facts else name.rpartition("_")[0]
    names = choices(vocabulary, plain, below or None)
    if fact.many:
        tree: Any = vocabulary.trees[vocabulary.tree_name(plain)]
        options = [{"value": one, "label": words.category(one), "depth": depth} for one, depth in _flat(tree, 0)]
        return {"kind": "many", "options": options[:MOST_OPTIONS]}
    options = [{"value": one, "label": words.category(one), "depth": 0} for one in names]
    return {"kind": "choice", "options": options, "below": below, "below_text": words.category(below) if below else ""}


def _flat(tree: dict[str, Any], depth: int) -> Iterator[tuple[str, int]]:
    for name, inner in tree.items():
        yield name, depth
        yield from _flat(inner, depth + 1)


def _currencies(state: State, subject: str, words: Wording) -> Plain:
    places = state.site.register.vocabulary.jurisdictions
    codes = sorted({place.currency for place in places.values() if place.currency} | {"USD"})
    owner = subject.partition(".")[0]
    everybody = {one.name: one.jurisdiction for one in state.profile.all_subjects()}
    home = everybody.get(subject) or everybody.get(owner)
    own = places[home].currency if home in places else ""
    return {"units": [{"value": code, "label": words.unit(code)} for code in codes], "unit": own or ""}


def _units(state: State, fact: Fact, words: Wording) -> Plain:
    units = state.site.register.vocabulary.units
    own = fact.unit or ""
    dimension = units[own].dimension if own in units else ""
    alike = [
        name
        for name, unit in units.items()
        if dimension and _akin(unit.dimension, dimension) and not name.startswith("per")
    ]
    names = alike if fact.type not in ("count", "integer") else []
    return {"units": [{"value": name, "label": words.unit(name) or name} for name in names], "unit": own if own else ""}


def _akin(one: str, other: str) -> bool:
    """The same dimension, or two ways of measuring energy."""
    return one == other or (one.startswith("energy") and other.startswith("energy"))
