"""Fields of a form -> answers in the profile."""

import re
from typing import Any

from rambu.errors import RambuError
from rambu.interview import choices, known, with_answer
from rambu.model.vocabulary import Fact
from rambu.strict_yaml import ScalarError, resolve
from rambu.web.state import Data, Pair, State
from rambu.web.view import Asked

BLANKS = re.compile(r"[\s_,\u00a0\u202f]")
UNKNOWN = "unknown"
NONE = "none"
LONGEST_ANSWER = 200  # characters
MOST_QUESTIONS = 200


def take(state: State, asked: Asked, name: str = "q0") -> tuple[State, Pair, str]:
    """The state with one answer, the question, and the category to ask more finely below. Raises RambuError."""
    subject, fact = asked.given(f"{name}.subject"), asked.given(f"{name}.fact")
    pair = (subject, fact)
    below, drawn = asked.given(f"{name}.below"), answer(state, asked, name, known(fact, state.site.register))
    if drawn is None:
        return state.passing(pair), pair, ""
    later = state.with_data(with_answer(state.data, subject, fact, drawn)).asking_again(pair)
    _ = later.assessment
    finer = str(drawn) if isinstance(drawn, str) and drawn != below and _has_finer(state, fact, drawn) else ""
    return later, pair, finer


def _has_finer(state: State, fact: str, category: str) -> bool:
    vocabulary = state.site.register.vocabulary
    known_fact = vocabulary.facts.get(fact)
    return known_fact is not None and known_fact.type == "category" and bool(choices(vocabulary, fact, category))


def answer(state: State, asked: Asked, name: str, fact: Fact | None) -> object:
    """What was answered; None is `I do not know`."""
    sent = [text[:LONGEST_ANSWER] for text in asked.form.get(f"{name}.value", []) if text.strip()]
    if UNKNOWN in sent:
        return None
    if fact is not None and fact.type == "category" and fact.many:
        chosen = [text for text in sent if text != NONE]
        return chosen if chosen else ([] if NONE in sent else None)
    if fact is None or fact.type == "boolean":
        return {"yes": True, "no": False}.get(sent[-1]) if sent else None
    if fact.type in ("count", "integer", "number", "money"):
        return _number(asked, name)
    text = sent[-1].strip() if sent else ""
    return None if not text else scalar(text) if fact.type == "date" else text


def _number(asked: Asked, name: str) -> object:
    """One number, or a range of two, with its unit."""
    low, high = (BLANKS.sub("", asked.given(f"{name}.{end}"))[:LONGEST_ANSWER] for end in ("value", "high"))
    unit = asked.given(f"{name}.unit")[:20]
    if not low and not high:
        return None
    text = f"{low}..{high}" if high and high != low else low
    return f"{text} {unit}" if unit else scalar(text)


def scalar(text: str) -> Any:
    """What a text means in a profile."""
    try:
        return resolve(text)
    except ScalarError:
        return text


def take_many(state: State, asked: Asked) -> tuple[State, list[RambuError]]:
    """Every answer of the page with all questions; what cannot be read is said, and the rest is kept."""
    errors: list[RambuError] = []
    for number in range(MOST_QUESTIONS):
        if not asked.given(f"q{number}.fact"):
            break
        try:
            state = _taken(state, asked, f"q{number}")
        except RambuError as error:
            errors.append(error)
    return state, errors


def _taken(state: State, asked: Asked, name: str) -> State:
    subject, fact = asked.given(f"{name}.subject"), asked.given(f"{name}.fact")
    drawn = answer(state, asked, name, known(fact, state.site.register))
    if drawn is None:
        return state
    later = state.with_data(with_answer(state.data, subject, fact, drawn)).asking_again((subject, fact))
    _ = later.profile
    return later


def without(data: Data, subject: str) -> Data:
    """The profile without a subject."""
    made: Data = {}
    for key, given in data.items():
        if key == subject:
            continue
        made[key] = (
            {name: part for name, part in given.items() if name != subject} if isinstance(given, dict) else given
        )
        if isinstance(given, dict) and not made[key] and given:
            del made[key]
    return made
