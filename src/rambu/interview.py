"""An interview: which question comes next, what may be answered, and the profile that grows from it."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from rambu.assess import Assessment, Question
from rambu.errors import RambuError
from rambu.model.vocabulary import Fact, Vocabulary
from rambu.profile import GROUPS, Profile, ProfileReader
from rambu.register import Register
from rambu.strict_yaml import ScalarError, resolve

Data = dict[str, Any]
BARE = re.compile(r"[\w.][\w .+/-]*")
YES, NO = ("yes", "y", "true", "예", "네"), ("no", "n", "false", "아니오", "아니요")


def next_question(
    data: Data, assessment: Assessment, passed: set[tuple[str, str]], register: Register
) -> Question | None:
    """The question that settles most, of those that were not passed over and can be answered in the profile."""
    for question in assessment.questions:
        asked = known(question.fact, register) or "/" in question.fact
        open_ = (question.subject, question.fact) not in passed
        if open_ and asked and _home(deepcopy(data), question.subject) is not None:
            return question
    return None


def known(name: str, register: Register) -> Fact | None:
    """The fact behind a name, with or without one of the endings."""
    facts = register.vocabulary.facts
    return facts.get(name) or facts.get(name.rpartition("_")[0])


def choices(vocabulary: Vocabulary, fact: str, below: str | None = None) -> list[str]:
    """Categories to choose from: the roots of the fact's tree, or the children of one of its categories."""
    branch: Data = vocabulary.trees[vocabulary.tree_name(fact)]
    return list(branch if below is None else _branch(branch, below))


def _branch(branch: Data, name: str) -> Data:
    for child, inner in branch.items():
        found: Data = inner if child == name else _branch(inner, name)
        if child == name or found:
            return found
    return {}


def value_of(text: str, fact: Fact | None) -> object:
    """What a typed answer means; a yes-or-no may be said in words, a list is cut at its commas."""
    if fact is None or fact.type == "boolean":
        word = text.casefold()
        return True if word in YES else False if word in NO else text
    if fact.many:
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return resolve(text)
    except ScalarError:
        return text


def with_answer(data: Data, subject: str, fact: str, value: object) -> Data:
    """A copy of the profile with one more answer. Raises RambuError if the subject is not in it."""
    made = deepcopy(data)
    home = _home(made, subject)
    if home is None:
        raise RambuError.of("unknown", f"no subject {subject} in the profile", "give its facts in the file")
    if "/" in fact:
        home.setdefault("results", {})[fact] = value
    else:
        home[fact] = value
    return made


def _home(data: Data, subject: str) -> Data | None:
    """Where the facts of a subject stand; a role that nobody has filled yet begins empty."""
    for name, facts in _subjects(data):
        if name == subject:
            return facts
    owner, _, role = subject.rpartition(".")
    if not owner:
        return None
    holder = _home(data, owner)
    if holder is None:
        return None
    named = holder.get(role)
    if isinstance(named, str):
        return _home(data, named)
    found: Data = holder.setdefault(role, {})
    return found


def _subjects(data: Data) -> Iterator[tuple[str, Data]]:
    for key, given in data.items():
        if not isinstance(given, dict):
            continue
        named = given.items() if key in GROUPS else [(key, given)]
        for name, facts in named:
            if isinstance(facts, dict):
                yield str(name), facts
                sites = facts.get("sites", {})
                yield from ((site, inner) for site, inner in sites.items() if isinstance(inner, dict))


def read(data: Data, register: Register) -> Profile:
    """The profile so far. Raises RambuError with every complaint."""
    return ProfileReader(register).read(data)


def as_yaml(data: Data) -> str:
    """The profile as a file that reads the same."""
    return "\n".join(_lines(data, "")) + "\n"


def _lines(data: Data, indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = key if _stays_text(key) else json.dumps(key, ensure_ascii=False)
        name = str(key) if re.fullmatch(r"\d{4}(-\d\d-\d\d)?", str(key)) else name
        if isinstance(value, dict) and value:
            yield f"{indent}{name}:"
            yield from _lines(value, indent + "  ")
        else:
            yield f"{indent}{name}: {_written(value)}"


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:_}" if abs(value) >= 10_000 else str(value)
        case Decimal() | date():
            return str(value)
        case list():
            return f"[{', '.join(_written(part) for part in value)}]"
        case dict():
            return "{}"
    text = str(value)
    return text if _stays_text(text) else json.dumps(text, ensure_ascii=False)


def _stays_text(text: str) -> bool:
    """Whether a text reads as itself without quotes."""
    try:
        return bool(BARE.fullmatch(text)) and not text.endswith(" ") and isinstance(resolve(text), str)
    except ScalarError:
        return False
