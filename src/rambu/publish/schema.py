"""JSON Schema of each kind of file: instrument, case, coverage, practice, cascade, vocabulary, profile."""

from typing import Any

from pydantic import BaseModel

from rambu.model.cascade import Cascade
from rambu.model.case import CaseFile, Coverage, Practice
from rambu.model.instrument import Instrument
from rambu.model.vocabulary import Fact, Vocabulary
from rambu.profile import GROUPS
from rambu.register import Register

Schema = dict[str, Any]
RECORDS: dict[str, type[BaseModel]] = {
    "instrument": Instrument, "case": CaseFile, "coverage": Coverage, "practice": Practice, "cascade": Cascade,
    "vocabulary": Vocabulary,
}  # fmt: skip
KINDS = (*RECORDS, "profile")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
AMOUNT = {"type": ["number", "string"], "description": "a number, a range such as 300..500, or either with its unit"}


def schema(kind: str, register: Register) -> Schema:
    """The schema of a kind of file."""
    made = profile_schema(register) if kind == "profile" else RECORDS[kind].model_json_schema(by_alias=True)
    return {
        "$schema": DIALECT,
        "title": kind.capitalize(),
        **{key: part for key, part in made.items() if key != "title"},
    }


def profile_schema(register: Register) -> Schema:
    """A profile: groups of subjects, or single ones, with the facts that may be asked of each."""
    subjects = {kind: {"$ref": f"#/$defs/{kind}"} for kind in GROUPS.values()}
    groups = {group: {"type": "object", "additionalProperties": subjects[kind]} for group, kind in GROUPS.items()}
    return {
        "type": "object",
        "properties": {"profile": {"type": "string", "description": "a name for the answer"}, **groups, **subjects},
        "additionalProperties": False,
        "$defs": {kind: _subject(kind, register) for kind in GROUPS.values()},
    }


def _subject(kind: str, register: Register) -> Schema:
    vocabulary = register.vocabulary
    facts = {name: _fact(name, fact, register) for name, fact in vocabulary.facts.items() if fact.about(kind)}
    roles = {role: _role(kinds) for role, kinds in vocabulary.roles.get(kind, {}).items()}
    results: Schema = {
        "type": "object",
        "description": "results that are stated, by file/id.provision",
        "additionalProperties": True,
    }
    sites = {
        "sites": {
            "type": "object",
            "properties": {"complete": {"type": "boolean"}},
            "additionalProperties": {"$ref": "#/$defs/site"},
        }
    }
    own = {**facts, **roles, "results": results, **(sites if kind == "company" else {})}
    return {"type": "object", "properties": own, "additionalProperties": False}


def _role(kinds: str | list[str]) -> Schema:
    names = [kinds] if isinstance(kinds, str) else kinds
    return {
        "anyOf": [
            {"type": "string", "description": "a subject of this profile"},
            *({"$ref": f"#/$defs/{name}"} for name in names),
        ]
    }


def _fact(name: str, fact: Fact, register: Register) -> Schema:
    one = _single(name, fact, register)
    if fact.many:
        one = {"type": "array", "items": one, "description": "a complete list"}
    if fact.by_year:
        one = {"anyOf": [one, {"type": "object", "additionalProperties": one}]}
    return {**one, "description": fact.definition, **({"x-unit": fact.unit} if fact.unit else {})}


def _single(name: str, fact: Fact, register: Register) -> Schema:
    match fact.type:
        case "boolean":
            return {"type": "boolean"}
        case "category":
            tree = register.vocabulary.tree_name(name)
            if tree == "place":
                return {"type": "string", "description": "ISO 3166 code or zone"}
            return {"enum": [word for word, home in register.vocabulary.tree_of.items() if home == tree]}
        case "date":
            return {"type": "string", "format": "date"}
        case "month_day":
            return {"type": "string", "pattern": r"^\d\d-\d\d$"}
        case "text":
            return {"type": "string"}
        case "money":
            return {"type": "string", "description": "an amount or range with its currency, such as 5_000_000 KRW"}
    return AMOUNT
