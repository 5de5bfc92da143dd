"""The facts that a visitor gave, one line each."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from rambu.given import AMOUNT
from rambu.interview import known
from rambu.profile import GROUPS
from rambu.publish.wording import Wording
from rambu.publish.words import ROLES
from rambu.register import Register
from rambu.web.state import Data
from rambu.web.view import Plain


def told(data: Data, register: Register, words: Wording) -> list[Plain]:
    """Every subject with what was said about it."""
    return [
        {
            "name": name,
            "text": words.subject_named(name),
            "kind": words.subject(kind, kind),
            "facts": list(_facts(name, facts, register, words)),
        }
        for name, kind, facts in subjects(data, register)
    ]


def subjects(data: Data, register: Register) -> Iterator[tuple[str, str, Data]]:
    """(name, kind, facts) of every subject, sites and roles included."""
    for key, given in data.items():
        if not isinstance(given, dict):
            continue
        named = given.items() if key in GROUPS else [(key, given)]
        for name, facts in named:
            if isinstance(facts, dict):
                yield from _one(str(name), GROUPS.get(key, key), facts, register)


def _one(name: str, kind: str, facts: Data, register: Register) -> Iterator[tuple[str, str, Data]]:
    yield name, kind, facts
    roles = register.vocabulary.roles.get(kind, {})
    for key, inner in facts.items():
        if key == "sites" and isinstance(inner, dict):
            for site, below in inner.items():
                if isinstance(below, dict):
                    yield from _one(str(site), "site", below, register)
        elif key in roles and isinstance(inner, dict):
            role = roles[key] if isinstance(roles[key], str) else roles[key][0]
            yield from _one(f"{name}.{key}", role, inner, register)


def _facts(name: str, facts: Data, register: Register, words: Wording) -> Iterator[Plain]:
    for key, value in facts.items():
        if key == "results" and isinstance(value, dict):
            for result, stated in value.items():
                yield {
                    "subject": name,
                    "fact": result,
                    "fixed": False,
                    "label": words.fact(result),
                    "text": said(stated, words),
                }
        elif key != "sites" and not (isinstance(value, dict) and known(key, register) is None):
            yield {
                "subject": name,
                "fact": key,
                "label": words.say(ROLES[key]) if key in ROLES else words.fact(key),
                "text": said(value, words),
                "fixed": known(key, register) is None,
            }


def said(value: Any, words: Wording) -> str:
    """An answer in words."""
    match value:
        case bool():
            return words.say("yes") if value else words.say("no")
        case dict():
            return "; ".join(f"{year}: {said(part, words)}" for year, part in value.items())
        case list():
            return words.listed([said(part, words) for part in value]) or words.say("none")
        case int():
            return f"{value:,}"
    return _text(str(value), words)


def _text(text: str, words: Wording) -> str:
    label = words.vocabulary.labels.get(text) or words.vocabulary.labels.get(text.lower().replace("-", "_"))
    if label:
        return words.of(label)
    if text in words.vocabulary.jurisdictions:
        return words.country(text)
    amount = AMOUNT.match(text)
    if amount and amount["low"] and (amount["dots"] or amount["unit"]):
        return _amount(amount["low"], amount["high"], bool(amount["dots"]), words.unit(amount["unit"] or ""), words)
    return words.given_text(text)


def _amount(low: str, high: str | None, dots: bool, unit: str, words: Wording) -> str:
    first, last = (f"{Decimal(end.replace('_', '')):,}" if end else "" for end in (low, high))
    if not dots:
        return f"{first} {unit}".rstrip()
    if not last:
        return words.say("at least {value}", value=f"{first} {unit}".rstrip())
    return f"{first} – {last} {unit}".rstrip()
