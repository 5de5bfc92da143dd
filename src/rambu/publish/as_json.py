"""An assessment as plain data with stable keys.

Integers stay integers, other exact numbers are decimal strings, ranges are `{"low", "high"}`. Five spellings stay five:
`0`, `"none"` (the law gives nothing), phase `"ended"`, `".."` (exists, not seen) and `"unknown"` (a fact is missing).
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from rambu.assess import Answer, Assessment, Finding, Missing, Question
from rambu.exact import decimals, terminates
from rambu.expressions.reasons import Input, Reason
from rambu.expressions.span import End, Span
from rambu.model.instrument import Source
from rambu.publish.sorting import sort_of, tally
from rambu.publish.wording import Wording
from rambu.units import DATE, Measure

Plain = dict[str, Any]
ROUNDED = 12  # decimals of an end that has no last one, rounded outwards


def as_json(assessment: Assessment, wording: Wording, version: str, why: bool = False) -> Plain:
    """The whole answer as a plain dict, with the reasons of each finding if `why`."""
    return {
        "profile": assessment.profile,
        "as_of": assessment.as_of.isoformat(),
        "known_on": assessment.known_on.isoformat(),
        "versions": {"rambu": version, "register": assessment.register_version},
        "jurisdictions": list(assessment.jurisdictions),
        "nothing_stated_in": list(assessment.nowhere),
        "without_place": list(assessment.placeless),
        "counts": dict(sorted(tally(assessment.findings).items())),
        "findings": [_finding(found, wording, why) for found in assessment.findings],
        "assumed": [
            {"subject": made.subject, "fact": made.fact, "value": made.value} for made in assessment.assumptions
        ],
        "questions": [_question(question, wording) for question in assessment.questions],
        "notice": wording.say("This is information with its sources, not legal advice."),
    }


def _finding(found: Finding, wording: Wording, why: bool) -> Plain:
    return {
        **_what(found),
        "verdict": found.verdict,
        "phase": found.phase,
        "counts_today": found.counts,
        "sort": sort_of(found),
        "from": span(found.start, DATE),
        "until": span(found.end, DATE),
        "values_read_on": span(found.reading, DATE),
        "applies_unless": found.unless_open,
        "displaced": found.overridden,
        "values": {answer.name: _answer(answer, wording) for answer in found.answers},
        "periods": [
            {"from": period.start.isoformat(), "to": period.end.isoformat(), "due": span(period.due, DATE)}
            for period in found.periods
        ],
        "missing": missing(found.missing),
        "announced_since": list(found.announced_since),
        "why": _reason(found.reason, wording) if why and found.reason is not None else None,
    }


def _what(found: Finding) -> Plain:
    """What the rule is, and about whom."""
    provision = found.provision
    return {
        "provision": str(found.address),
        "jurisdiction": found.jurisdiction,
        "subject": found.subject,
        "subject_kind": found.subject_kind,
        "kind": provision.kind,
        "force": provision.force,
        "confidence": provision.confidence,
        "title": dict(provision.title),
        "summary": dict(provision.summary or {}),
        "topics": list(found.topics),
        "authority": provision.authority,
        "penalty_for": provision.penalty_for,
    }


def _answer(answer: Answer, wording: Wording) -> Plain:
    value = answer.value
    open_word = "unknown" if answer.missing or value.node is None else ".."
    return {
        "value": span(answer.span, answer.measure, open_word),
        "unit": value.unit,
        "sense": value.sense,
        "by_year": {year: span(part, answer.measure, open_word) for year, part in answer.by_year},
        "since": None if answer.since is None else date.fromordinal(answer.since).isoformat(),
        "confidence": value.confidence or "confirmed",
        "printed": value.printed,
        "note": value.note,
        "source": _source(answer.source, answer.locator, wording),
        "missing": missing(answer.missing),
    }


def _source(source: Source | None, locator: str | None, wording: Wording) -> Plain | None:
    if source is None:
        return None
    return {
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind or wording.vocabulary.source_kind(source.url),
        "url": source.url,
        "lang": source.lang,
        "accessed": source.accessed,
        "locator": locator,
    }


def _question(question: Question, wording: Wording) -> Plain:
    return {
        "subject": question.subject,
        "fact": question.fact,
        "question": wording.question(question.fact),
        "settles": question.settles,
        "enters": question.enters,
    }


def missing(facts: Iterable[Missing]) -> list[Plain]:
    """Missing facts, in a fixed order."""
    return [{"subject": subject, "fact": fact} for subject, fact in sorted(facts)]


# -- numbers


def span(given: Span, measure: Measure, open_word: str = "..") -> Any:
    """A number, day or text; `{"low", "high"}` where it is a range, with `"none": "possible"` where it may be none."""
    if given.exists is False:
        return "none"
    found = _known(given, measure, open_word)
    if given.exists:
        return found
    return {**(found if isinstance(found, dict) else {"value": found}), "none": "possible"}


def _known(given: Span, measure: Measure, open_word: str) -> Any:
    if given.words:
        return given.words[0] if len(given.words) == 1 else {"any_of": list(given.words)}
    if given.low is None and given.high is None:
        return open_word
    low, high = _end(given.low, measure, outwards=-1), _end(given.high, measure, outwards=1)
    return low if given.low == given.high and low == high else {"low": low, "high": high}


def _end(end: End, measure: Measure, outwards: int) -> int | str | None:
    if end is None:
        return None
    if measure == DATE:
        return date.fromordinal(int(end)).isoformat()
    if isinstance(end, int) or end.denominator == 1:
        return int(end)
    return decimals(end) if terminates(end) else decimals(_rounded(end, outwards))


def _rounded(end: Fraction, outwards: int) -> Fraction:
    scaled = end * 10**ROUNDED
    whole = scaled.numerator // scaled.denominator + (1 if outwards > 0 else 0)
    return Fraction(whole, 10**ROUNDED)


# -- reasons


def _reason(reason: Reason, wording: Wording) -> Plain:
    made: Plain = {"result": {True: "true", False: "false", None: "unknown"}[reason.result], "kind": reason.kind}
    if reason.sign:
        made["sign"] = reason.sign
    if reason.address is not None:
        made["provision"] = str(reason.address)
    if reason.categories:
        made["categories"] = list(reason.categories)
    for side, entries in (("left", reason.left), ("right", reason.right)):
        if entries:
            made[side] = [_input(entry, wording) for entry in entries]
    if reason.parts:
        made["parts"] = [_reason(part, wording) for part in reason.parts]
    return made


def _input(entry: Input, wording: Wording) -> Plain:
    made: Plain = {"kind": entry.kind, "name": entry.name, "subject": entry.subject}
    if entry.given is not None:
        made["value"] = list(entry.given) if isinstance(entry.given, tuple) else entry.given
    else:
        made["value"] = span(entry.span, entry.measure, "unknown" if entry.kind == "fact" else "..")
        made["unit"] = wording.unit_of(entry.measure)
    if entry.address is not None:
        made["provision"] = str(entry.address)
    if entry.since is not None:
        made["since"] = date.fromordinal(entry.since).isoformat()
    return made
