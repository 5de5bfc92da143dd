"""The audit file: everything that an answer rests on, so that it can be given again and compared."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, Field

from rambu.assess import about, assess
from rambu.profile import ProfileReader
from rambu.publish.as_json import as_json
from rambu.publish.wording import Wording
from rambu.rules import Rules
from rambu.strict_yaml import read

FORM = 1
Plain = dict[str, Any]


class Asking(NamedTuple):
    """What was asked: the profile as YAML, the two days, the countries (None: where the profile is)."""

    profile: str
    as_of: date
    known_on: date
    jurisdictions: tuple[str, ...] | None
    topics: tuple[str, ...] | None = None


class _Asked(BaseModel):
    as_of: date
    known_on: date
    within: Annotated[list[str] | None, Field(alias="in")]
    topics: list[str] | None = None
    language: Literal["en", "ko"]


class _Finding(BaseModel):
    subject: str
    provision: str


class _Answered(BaseModel):
    findings: list[_Finding]


class Recorded(BaseModel):
    """The shape of an audit file."""

    record: Literal[1]
    profile: str
    asked: _Asked
    versions: dict[str, str]
    hashes: dict[str, str]
    answer: _Answered


def record(rules: Rules, asked: Asking, wording: Wording, version: str, register_hash: str) -> Plain:
    """Profile, days, versions, hashes, findings with their sources. Raises RambuError."""
    document = read(asked.profile, "profile")
    profile = ProfileReader(rules.register, "profile", document.marks).read(document.data)
    found = assess(rules, profile, asked.as_of, asked.known_on, asked.jurisdictions)
    if asked.topics is not None:
        found = about(found, frozenset(asked.topics))
    answer = as_json(found, wording, version, why=True)
    return {
        "record": FORM,
        "profile": asked.profile,
        "asked": {
            "as_of": asked.as_of.isoformat(),
            "known_on": asked.known_on.isoformat(),
            "in": None if asked.jurisdictions is None else list(asked.jurisdictions),
            "topics": None if asked.topics is None else list(asked.topics),
            "language": wording.language,
        },
        "versions": {"rambu": version, "register": rules.register.version},
        "hashes": {"profile": digest(asked.profile), "register": register_hash, "answer": digest(answer)},
        "answer": answer,
        "sources": sorted(_sources(answer), key=lambda one: (str(one["url"]), str(one["locator"]))),
    }


def digest(data: object) -> str:
    """SHA-256 of plain data, whatever the order of its keys."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()


def _sources(answer: Plain) -> Iterator[Plain]:
    seen: set[tuple[str, str]] = set()
    for found in answer["findings"]:
        sources = [found.get("source"), *(value.get("source") for value in found["values"].values())]
        for source in sources:
            if source and (key := (str(source.get("url")), str(source.get("locator")))) not in seen:
                seen.add(key)
                yield {**source, "locator": source.get("locator")}


def differences(then: Plain, now: Plain) -> list[str]:
    """What is not the same in two records, said part by part; nothing where they agree."""
    found = [
        f"{name}: {then[part].get(name)} then, {now[part].get(name)} now"
        for part in ("versions", "hashes")
        for name in sorted({*then[part], *now[part]})
        if then[part].get(name) != now[part].get(name)
    ]
    before, after = (_by_finding(one["answer"]) for one in (then, now))
    found += [f"{key}: no longer there" for key in sorted(before.keys() - after.keys())]
    found += [f"{key}: new" for key in sorted(after.keys() - before.keys())]
    for key in sorted(before.keys() & after.keys()):
        parts = sorted(part for part in before[key] if before[key][part] != after[key].get(part))
        found += [f"{key}: {part} differs" for part in parts if part != "why"]
    return found


def _by_finding(answer: Plain) -> dict[str, Plain]:
    return {f"{one['subject']} {one['provision']}": one for one in answer["findings"]}
