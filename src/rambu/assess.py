"""Profile + register + two days -> findings, with their reasons, and the questions that would settle the open ones."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from rambu.engine import FINANCIAL_CLOCKS, Assessing, Outcome, contradictions
from rambu.errors import Problem, RambuError
from rambu.expressions.evaluate import Reading
from rambu.expressions.facts import add_months, financial_year
from rambu.expressions.reasons import Reason
from rambu.expressions.span import Span, exactly
from rambu.expressions.subject import Amount, Choice, Subject
from rambu.model.case import Phase, Verdict
from rambu.model.instrument import Provision, Source
from rambu.model.value import Cases, Value
from rambu.profile import Profile
from rambu.register import Address, Register
from rambu.rules import Rule, Rules
from rambu.units import DATE, PLAIN, Measure

VERDICTS: dict[bool | None, Verdict] = {True: "applies", False: "does_not_apply", None: "unknown"}
Missing = tuple[str, str]


class Answer(NamedTuple):
    """One value of a finding, with the source behind it."""

    name: str
    value: Value
    span: Span
    measure: Measure
    since: int | None
    source: Source | None
    source_name: str | None
    locator: str | None
    missing: frozenset[Missing]
    by_year: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A financial year before the running one whose deadline has not passed."""

    start: date
    end: date
    due: Span


class Finding(NamedTuple):
    """The answer for one provision and one subject: verdict, phase and values, kept apart."""

    address: Address
    provision: Provision
    jurisdiction: str
    subject: str
    subject_kind: str
    verdict: Verdict
    phase: Phase
    start: Span
    end: Span
    reading: Span
    unless_open: bool
    overridden: bool
    answers: tuple[Answer, ...]
    missing: frozenset[Missing]
    reason: Reason | None
    announced_since: tuple[str, ...]
    periods: tuple[Period, ...]
    topics: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Applies today."""
        return self.verdict == "applies" and self.phase == "in_force"


@dataclass(frozen=True, slots=True)
class Question:
    """A missing fact, and how many open findings it settles alone or enters."""

    subject: str
    fact: str
    settles: int
    enters: int


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a face filled in and the profile did not say."""

    subject: str
    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What applies to a profile on a day, as known on a day."""

    profile: str
    as_of: date
    known_on: date
    register_version: str
    jurisdictions: tuple[str, ...]
    nowhere: tuple[str, ...]
    placeless: tuple[str, ...]
    findings: tuple[Finding, ...]
    assumptions: tuple[Assumption, ...]
    questions: tuple[Question, ...]


def assess(
    rules: Rules,
    profile: Profile,
    as_of: date,
    known_on: date,
    jurisdictions: Iterable[str] | None = None,
    reasons: bool = True,
) -> Assessment:
    """Findings for every subject of a profile in these jurisdictions (default: where it is placed).

    Raises RambuError when a stated result contradicts the facts that are given.
    """
    assessing = Assessing(rules, as_of, known_on, reasons)
    subjects = list(profile.all_subjects())
    placed = {subject.jurisdiction for subject in subjects if subject.jurisdiction}
    scope = tuple(sorted(placed if jurisdictions is None else set(jurisdictions)))
    _refuse_contradictions(assessing, subjects, profile.name)
    everyone = [*subjects, *(country(rules.register, code) for code in scope)]
    findings = tuple(_findings(assessing, everyone, scope, reasons))
    return Assessment(
        profile=profile.name,
        as_of=as_of,
        known_on=known_on,
        register_version=rules.register.version,
        jurisdictions=scope,
        nowhere=tuple(code for code in scope if code not in placed),
        placeless=tuple(subject.name for subject in subjects if subject.place is None),
        findings=findings,
        assumptions=tuple(Assumption(*key, value) for key, value in sorted(assessing.assumed.items())),
        questions=tuple(rank_questions(findings)),
    )


def about(assessment: Assessment, topics: frozenset[str]) -> Assessment:
    """The same assessment for some topics only, with the questions that these leave open."""
    kept = tuple(found for found in assessment.findings if topics.intersection(found.topics))
    return replace(assessment, findings=kept, questions=tuple(rank_questions(kept)))


def _refuse_contradictions(assessing: Assessing, subjects: list[Subject], profile: str) -> None:
    problems = [
        Problem(
            profile,
            0,
            0,
            "contradiction",
            f"{subject.name} states {address}: {str(stated).lower()}, "
            f"but the facts given make it {str(computed).lower()}",
            "correct the fact, or drop the statement",
        )
        for subject in subjects
        for address, (stated, computed) in contradictions(assessing, subject).items()
    ]
    if problems:
        raise RambuError(problems)


def country(register: Register, code: str) -> Subject:
    """The country itself, as the subject of targets and statuses."""
    place = register.vocabulary.jurisdictions[code].place
    return Subject("country", code, {"place": Choice((place,))} if place else {}, jurisdiction=code)


def _findings(
    assessing: Assessing, subjects: list[Subject], scope: tuple[str, ...], reasons: bool
) -> Iterator[Finding]:
    wanted = frozenset(scope)
    by_kind: dict[str, list[Subject]] = {}
    for subject in subjects:
        by_kind.setdefault(subject.kind, []).append(subject)
    for address, kind, jurisdiction, anywhere in assessing.rules.outlines:
        if kind not in by_kind or (jurisdiction not in wanted and not anywhere):
            continue
        here = (None, jurisdiction)
        for subject in by_kind[kind]:
            if anywhere or subject.jurisdiction in here:
                outcome = assessing.outcome(subject, address)
                if _shown(assessing.rules.rule(address), outcome, subject, jurisdiction in wanted):
                    yield finding(assessing, subject, address, outcome, reasons)


def _shown(rule: Rule, outcome: Outcome, subject: Subject, inside: bool) -> bool:
    """Not where the provision does not reach, not what nobody knew of yet, and from afar only what applies."""
    if outcome.reach is False or outcome.life.phase == "not_known":
        return False
    if rule.core is None and rule.provision.kind == "status" and outcome.verdict is None:
        return False  # nobody stated it: it is asked where a duty turns on it
    if subject.place is None and outcome.verdict is None and outcome.reach is None:
        return False
    return inside or outcome.verdict is True


def finding(assessing: Assessing, subject: Subject, address: Address, outcome: Outcome, reasons: bool) -> Finding:
    """One finding; with reasons, missing facts and the sources of its values."""
    rule = assessing.rules.rule(address)
    reason = assessing.explain(subject, address) if reasons else None
    phase = outcome.life.phase
    missing = reason.missing() if reason is not None and outcome.verdict is None else frozenset()
    return Finding(
        address=address,
        provision=rule.provision,
        jurisdiction=rule.instrument.jurisdiction,
        subject=subject.name,
        subject_kind=subject.kind,
        verdict=VERDICTS[outcome.verdict],
        phase=phase,
        start=outcome.life.start,
        end=outcome.life.end,
        reading=outcome.life.reading,
        unless_open=outcome.unless_open,
        overridden=outcome.overridden is True,
        answers=_answers(assessing, subject, rule, outcome) if reasons else (),
        missing=missing | (_missing_dates(assessing, subject, rule) if reasons and phase == "unknown" else frozenset()),
        reason=reason,
        announced_since=announced_since(rule, assessing.known_on),
        periods=tuple(_open_periods(assessing, subject, rule)) if reasons and outcome.verdict is True else (),
        topics=rule.instrument.topics_of(address.name),
    )


def _answers(assessing: Assessing, subject: Subject, rule: Rule, outcome: Outcome) -> tuple[Answer, ...]:
    """Values are read whatever the verdict: shown as `if it applies to you` when that is open."""
    if outcome.verdict is False:
        return ()
    reading = assessing.reading(subject, rule.address)
    return tuple(_answer(assessing, reading, rule, name) for name in rule.provision.values)


def _answer(assessing: Assessing, reading: Reading, rule: Rule, name: str) -> Answer:
    value = rule.provision.values[name]
    reading.trace, reading.inputs, reading.since = [], [], None
    span = assessing.own_value(reading, rule.address, name)
    source_name = rule.instrument.source_of(rule.provision, value)
    at = rule.provision.at
    inherited = at.locator if at and (value.source in (None, at.source)) else None
    return Answer(
        name=name,
        value=value,
        span=span,
        measure=assessing.rules.register.units.measure(value.unit),
        since=reading.since,
        source=rule.instrument.sources.get(source_name or ""),
        source_name=source_name,
        locator=value.locator or inherited,
        missing=_missing_values(rule, reading, value, name) if not span.point else frozenset(),
        by_year=_by_year(assessing, reading.subject, rule, name),
    )


def _missing_values(rule: Rule, reading: Reading, value: Value, name: str) -> frozenset[Missing]:
    """Facts that a value still waits for; one that only the subject can state waits for that statement."""
    if value.node is None:
        return frozenset({(reading.subject.name, f"{rule.address}.{name}")})
    return frozenset((entry.subject, entry.name) for entry in reading.inputs if entry.missing)


def _by_year(assessing: Assessing, subject: Subject, rule: Rule, name: str) -> tuple[tuple[str, Span], ...]:
    """The whole table of a value that is indexed by year."""
    node = rule.provision.values[name].node
    if not isinstance(node, Cases) or node.by != "year":
        return ()
    found = []
    for year in sorted({word.strip() for key in node.cases for word in key.split(",")}):
        asked = Subject(subject.kind, subject.name, {**subject.facts, "year": _year(year)}, subject.roles)
        reading = Reading(assessing, asked, exactly(assessing.as_of.toordinal()))
        found.append((year, assessing.own_value(reading, rule.address, name)))
    return tuple(found)


def _year(text: str) -> Amount:
    return Amount(exactly(int(text)), PLAIN, "count")


def _missing_dates(assessing: Assessing, subject: Subject, rule: Rule) -> frozenset[Missing]:
    """Facts that the first or last day still waits for."""
    reading = Reading(assessing, subject, assessing.clock_day(subject, rule), trace=[])
    for number in (rule.starts, rule.until):
        if number is not None:
            number(reading)
    return frozenset((entry.subject, entry.name) for entry in reading.inputs if entry.missing)


def announced_since(rule: Rule, known_on: date) -> tuple[str, ...]:
    """Days of announcements and events that came after `known_on`."""
    if not rule.heard or rule.heard[-1][0] <= known_on:
        return ()
    return tuple(sorted({text for day, text in rule.heard if day > known_on}))


def _open_periods(assessing: Assessing, subject: Subject, rule: Rule) -> Iterator[Period]:
    """The last closed financial year, when its deadline is still ahead."""
    if rule.provision.clock not in FINANCIAL_CLOCKS or "due" not in rule.values or "fy_start" in subject.facts:
        return
    start, end = financial_year(assessing.facts.year_end(subject), add_months(assessing.as_of, -12))
    earlier = replace_fact(subject, "fy_start", Amount(exactly(start.toordinal()), DATE, "date"))
    outcome = assessing.outcome(earlier, rule.address)
    due = assessing.own_value(assessing.reading(earlier, rule.address), rule.address, "due")
    if outcome.counts() and due.low is not None and due.low >= assessing.as_of.toordinal():
        yield Period(start, end, due)


def replace_fact(subject: Subject, fact: str, given: Amount) -> Subject:
    """The same subject with one fact given otherwise."""
    return replace(subject, facts={**subject.facts, fact: given})


def rank_questions(findings: Iterable[Finding]) -> list[Question]:
    """Missing facts, the one that settles most findings first; what only an exception waits for comes last."""
    alone: Counter[Missing] = Counter()
    enters: Counter[Missing] = Counter()
    exceptions: Counter[Missing] = Counter()
    for found in findings:
        if found.verdict != "unknown" and found.phase != "unknown":
            continue
        if found.phase in ("ended", "never"):
            continue
        tally = exceptions if found.unless_open else enters
        tally.update(found.missing)
        if len(found.missing) == 1 and not found.unless_open:
            alone.update(found.missing)
    ranked = sorted({*enters, *exceptions}, key=lambda fact: (-alone[fact], -enters[fact], -exceptions[fact], fact))
    return [Question(*fact, alone[fact], enters[fact] + exceptions[fact]) for fact in ranked]
