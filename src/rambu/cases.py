"""Worked cases run against the register: each answer beside what the source says, and where the two differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rambu.assess import VERDICTS, country, finding
from rambu.engine import Assessing
from rambu.errors import RambuError
from rambu.exact import decimals, terminates
from rambu.expressions.parse import ExpressionError
from rambu.expressions.span import Exact, Span
from rambu.expressions.subject import Choice, Subject
from rambu.model.base import DAY, YEAR, first_day, last_day
from rambu.model.case import Case, CaseFile, Expected
from rambu.model.value import Leaf
from rambu.profile import Profile, ProfileReader
from rambu.register import Address
from rambu.rules import Rules, address_of
from rambu.units import DATE, TEXT, Measure

NUMBER = re.compile(r"-?\d[\d_]*(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One point on which the answer and the case differ."""

    instrument: str
    case: str
    provision: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Tried:
    """One case that was run, and everything in which it differs; none when it holds."""

    instrument: str
    case: str
    mismatches: tuple[Mismatch, ...]


def run_cases(rules: Rules, file: CaseFile) -> Iterator[Tried]:
    """Every case of one file, in its order."""
    for case in file.cases:
        try:
            found = tuple(_run(rules, file.instrument, case))
        except (RambuError, ExpressionError, KeyError) as error:
            found = (Mismatch(file.instrument, case.name, "", "input", "an answer", str(error)),)
        yield Tried(file.instrument, case.name, found)


def _run(rules: Rules, home: str, case: Case) -> Iterator[Mismatch]:
    profile = ProfileReader(rules.register, case.name, {}, home).read(case.profile)
    as_of = first_day(case.as_of)
    assessing = Assessing(rules, as_of, first_day(case.known_on) if case.known_on else as_of)
    subjects = subjects_of(rules, home, profile)
    for name, expected in case.expect.items():
        address = address_of(name, home)
        kind = rules.rule(address).provision.subject
        tries = [list(_compare(assessing, one, address, expected)) for one in _asked(subjects, profile, kind)]
        differing = min(tries, key=len, default=[("subject", kind, "none in the profile")])
        for what, wanted, found in differing:
            yield Mismatch(home, case.name, name, what, wanted, found)


def _asked(subjects: list[Subject], profile: Profile, kind: str) -> list[Subject]:
    """Those of a kind whom the profile describes; only where there are none, those in roles."""
    own = list(profile.all_subjects())
    alike = [subject for subject in subjects if subject.kind == kind]
    return [subject for subject in alike if subject in own] or alike


def subjects_of(rules: Rules, home: str, profile: Profile) -> list[Subject]:
    """Whom a case may be about: its subjects, those in their roles, and the country of its instrument."""
    own = list(profile.all_subjects())
    if any(subject.kind == "country" for subject in own):
        return [_settled(rules, home, subject) for subject in own]
    return [*_with_roles(own), country(rules.register, rules.register.instrument(home).jurisdiction)]


def _settled(rules: Rules, home: str, subject: Subject) -> Subject:
    """A country stands where its instrument does, though a case does not say so."""
    code = rules.register.instrument(home).jurisdiction
    place = rules.register.vocabulary.jurisdictions[code].place
    if subject.kind == "country" and subject.place is None and place:
        subject.facts["place"], subject.jurisdiction = Choice((place,)), code
    return subject


def _with_roles(firsts: list[Subject]) -> Iterator[Subject]:
    """Subjects of the profile, then those that stand in their roles."""
    yield from firsts
    for subject in firsts:
        yield from (other for other in subject.roles.values() if other not in firsts)


Difference = tuple[str, str, str]


def _compare(assessing: Assessing, subject: Subject, address: Address, expected: Expected) -> Iterator[Difference]:
    """(what, expected, found) for everything that the case states and the answer does not give."""
    outcome = assessing.outcome(subject, address)
    verdict, phase = VERDICTS[outcome.verdict], outcome.life.phase
    if expected.verdict and expected.verdict != verdict:
        yield "verdict", expected.verdict, verdict
    if expected.phase and expected.phase != phase:
        yield "phase", expected.phase, phase
    if expected.start and not same(expected.start, outcome.life.start, DATE):
        yield "start", expected.start, spelt(outcome.life.start, DATE)
    if expected.end and not same(expected.end, outcome.life.end, DATE):
        yield "end", expected.end, spelt(outcome.life.end, DATE)
    yield from _values(assessing, subject, address, expected)
    if expected.missing:
        named = {fact for _, fact in finding(assessing, subject, address, outcome, reasons=True).missing}
        if not set(expected.missing) <= named:
            yield "missing", ", ".join(expected.missing), ", ".join(sorted(named)) or "nothing"


def _values(assessing: Assessing, subject: Subject, address: Address, expected: Expected) -> Iterator[Difference]:
    provision = assessing.rules.rule(address).provision
    for name, leaf in expected.values.items():
        if name not in provision.values:
            yield f"values.{name}", str(leaf), "no such value"
            continue
        measure = assessing.rules.register.units.measure(provision.values[name].unit)
        span = assessing.own_value(assessing.reading(subject, address), address, name)
        if not same(leaf, span, measure):
            yield f"values.{name}", str(leaf), spelt(span, measure)


def same(leaf: Leaf, span: Span, measure: Measure) -> bool:
    """Whether a span is what a leaf of a case says: a number, day, text, `none`, a range, or `unknown`."""
    if leaf == "none" or span.exists is False:
        return leaf == "none" and span.exists is False
    if leaf == "unknown":
        return not span.point
    if measure == TEXT:
        return span.words == (str(leaf),)
    low, high = _ends(str(leaf), measure)
    if span.exists is not True:
        return False
    return (span.low, span.high) == (low, high) or _rounded(span, low, high)


def _rounded(span: Span, low: Exact | None, high: Exact | None) -> bool:
    """A number without an end to its decimals is given by two decimals that enclose it."""
    number = span.low
    if not isinstance(number, Fraction) or span.high != number or low is None or high is None:
        return False
    return not terminates(number) and low <= number <= high


def _ends(text: str, measure: Measure) -> tuple[Exact | None, Exact | None]:
    low, dots, high = text.partition("..")
    ends = (low, high) if dots else (low, low)
    if measure == DATE:
        return _ordinal(ends[0], first_day), _ordinal(ends[1], last_day)
    return _number(ends[0]), _number(ends[1])


def _ordinal(text: str, reading: object) -> int | None:
    if not text or not (DAY.match(text) or YEAR.match(text)):
        return None
    return reading(text).toordinal()  # type: ignore[operator,no-any-return]


def _number(text: str) -> Exact | None:
    found = NUMBER.match(text.strip())
    if found is None:
        return None
    number = Fraction(found[0].replace("_", ""))
    return int(number) if number.denominator == 1 else number


def spelt(span: Span, measure: Measure) -> str:
    """A span as a case would write it."""
    if span.exists is False:
        return "none"
    if span.words:
        return " | ".join(span.words)
    low, high = (_text(end, measure) for end in (span.low, span.high))
    text = low if span.point else f"{low}..{high}"
    return text if span.exists else f"none or {text}"


def _text(end: Exact | None, measure: Measure) -> str:
    if end is None:
        return ""
    if measure == DATE:
        return date.fromordinal(int(end)).isoformat()
    return str(end) if isinstance(end, int) else decimals(end)
