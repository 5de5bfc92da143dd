"""The gap between home and another country: what is asked beyond it, what falls away, what is stricter or earlier.

Things that provisions ask for (`asks`) line the two countries up; a provision that names none counts for its topic.
A company that has nothing in the target yet is imagined there: of the same activity and size, not listed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from rambu.assess import Answer, Assessment, Finding, assess, country
from rambu.expressions.span import Exact, Span
from rambu.expressions.subject import Choice, Subject
from rambu.profile import Profile
from rambu.register import Register
from rambu.rules import Rules
from rambu.units import PLAIN, TEXT, Measure

Kind = Literal["new", "perhaps", "stricter", "earlier", "changed", "same", "falls_away"]
ORDER: tuple[Kind, ...] = ("new", "stricter", "earlier", "changed", "perhaps", "same", "falls_away")
BINDING = ("duty", "ban", "charge")
STANDING = ("in_force", "coming")
FORCE = {"voluntary": 0, "comply_or_explain": 1, "mandatory": 2}
MORE_IS_STRICTER = ("minimum", "rate", "amount", "floor", "count", "share")
LESS_IS_STRICTER = ("maximum", "within", "every", "cap")
IMAGINED = frozenset({"listing", "place", "market_cap"})


class Difference(NamedTuple):
    """One measure that both sides fix, and which of them asks more (None where that cannot be said)."""

    measure: str
    home: Answer
    target: Answer
    stricter: Literal["home", "target"] | None


class Row(NamedTuple):
    """One thing asked for: the findings of both sides that ask for it, and how the two compare."""

    key: str
    is_ask: bool
    kind: Kind
    home: tuple[Finding, ...]
    target: tuple[Finding, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Home against one target on a day."""

    home: str
    target: str
    as_of: date
    known_on: date
    rows: tuple[Row, ...]
    imagined: tuple[str, ...]
    assessment: Assessment

    def of(self, *kinds: Kind) -> tuple[Row, ...]:
        """Rows of these kinds."""
        return tuple(row for row in self.rows if row.kind in kinds)


@dataclass(frozen=True, slots=True)
class Entry:
    """A company that enters countries: what applies to it there, and the gap between home and each of them."""

    home: str
    targets: tuple[str, ...]
    assessment: Assessment
    gaps: tuple[Gap, ...]


def entry(rules: Rules, profile: Profile, home: str, targets: Iterable[str], as_of: date, known_on: date) -> Entry:
    """What applies in every target, imagined where the profile has nothing there. Raises RambuError."""
    codes = tuple(dict.fromkeys(code for code in targets if code != home))
    entered = profile
    for code in codes:
        entered, _ = entering(rules.register, entered, home, code)
    found = assess(rules, entered, as_of, known_on, codes)
    return Entry(home, codes, found, tuple(gap(rules, profile, home, code, as_of, known_on) for code in codes))


def home_of(profile: Profile) -> str | None:
    """Where the first company of a profile is, else its first subject."""
    placed = [subject for subject in profile.all_subjects() if subject.jurisdiction]
    companies = [subject for subject in placed if subject.kind == "company"]
    return (companies or placed)[0].jurisdiction if placed else None


def gap(rules: Rules, profile: Profile, home: str, target: str, as_of: date, known_on: date) -> Gap:
    """What the target asks against what home asks. Raises RambuError."""
    entered, imagined = entering(rules.register, profile, home, target)
    found = assess(rules, entered, as_of, known_on, [home, target])
    sides = [_by_key(found.findings, code) for code in (home, target)]
    keys = sorted({*sides[0], *sides[1]})
    rows = [_row(key, sides[0].get(key, ()), sides[1].get(key, ())) for key in keys]
    rows = [row for row in rows if row.home or row.target]
    ordered = sorted(rows, key=lambda row: (ORDER.index(row.kind), not row.is_ask, row.key))
    return Gap(home, target, as_of, known_on, tuple(ordered), imagined, found)


def entering(register: Register, profile: Profile, home: str, target: str) -> tuple[Profile, tuple[str, ...]]:
    """The profile with its companies and sites of home imagined in the target, unless it has some there."""
    if any(subject.jurisdiction == target for subject in profile.all_subjects()):
        return profile, ()
    movers = [subject for subject in profile.subjects if subject.jurisdiction == home and subject.kind != "country"]
    moved = tuple(_moved(register, subject, target) for subject in movers)
    return Profile(profile.name, (*profile.subjects, *moved)), tuple(subject.name for subject in moved)


def _moved(register: Register, subject: Subject, target: str) -> Subject:
    """The same in the target: facts that hang on the home market are left out; a company counts as unlisted there."""
    facts = {name: given for name, given in subject.facts.items() if name not in IMAGINED}
    facts |= country(register, target).facts
    if subject.kind == "company" and "listing" in register.vocabulary.facts:
        facts["listing"] = Choice(("unlisted",))
    sites = tuple(_moved(register, site, target) for site in subject.sites)
    name = f"{subject.name} ({target})"
    roles = dict(subject.roles)
    made = replace(subject, name=name, facts=facts, sites=sites, jurisdiction=target, results={}, roles=roles)
    for site in made.sites:
        site.roles["operator"] = made
    return made


def _by_key(findings: Iterable[Finding], code: str) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for one in findings:
        if one.jurisdiction == code and _asks(one):
            for key in one.provision.asks or one.topics[:1]:
                found[key] = (*found.get(key, ()), one)
    return found


def _asks(one: Finding) -> bool:
    """Binds now or is to bind, or may: what is over, a mere draft or surely not for them asks nothing."""
    return (
        one.provision.kind in BINDING
        and one.subject_kind != "country"
        and one.verdict != "does_not_apply"
        and one.phase in (*STANDING, "unknown")
    )


def _row(key: str, home: tuple[Finding, ...], target: tuple[Finding, ...]) -> Row:
    is_ask = any(key in one.provision.asks for one in (*home, *target))
    differences = tuple(_differences(home, target))
    return Row(key, is_ask, _kind(home, target, differences), home, target, differences)


def _kind(home: tuple[Finding, ...], target: tuple[Finding, ...], differences: tuple[Difference, ...]) -> Kind:
    sure_home, sure_target = (_sure(side) for side in (home, target))
    if not sure_target:
        return "perhaps" if target else "falls_away"
    if not sure_home:
        return "new"
    strict_home, strict_target = (max(FORCE[one.provision.force] for one in side) for side in (sure_home, sure_target))
    stricter = {difference.stricter for difference in differences}
    if strict_target > strict_home or stricter == {"target"}:
        return "stricter"
    if _running(sure_target) and not _running(sure_home):
        return "earlier"
    return "changed" if stricter - {None} or strict_target < strict_home else "same"


def _sure(side: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(one for one in side if one.verdict == "applies" and one.phase in STANDING)


def _running(side: tuple[Finding, ...]) -> bool:
    return any(one.phase == "in_force" for one in side)


def _differences(home: tuple[Finding, ...], target: tuple[Finding, ...]) -> Iterator[Difference]:
    """Measures that each side fixes exactly once, in units that compare, where the two differ."""
    ours, theirs = _measures(home), _measures(target)
    for name in sorted(ours.keys() & theirs.keys()):
        (own, *more), (other, *others) = ours[name], theirs[name]
        if not more and not others and _comparable(own, other) and own.span != other.span:
            yield Difference(name, own, other, _stricter(name, own, other))


def _measures(side: tuple[Finding, ...]) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for one in side:
        for answer in one.answers:
            if answer.name in (*MORE_IS_STRICTER, *LESS_IS_STRICTER):
                found.setdefault(answer.name, []).append(answer)
    return found


def _comparable(own: Answer, other: Answer) -> bool:
    """Both known, of one dimension, and no money: sums of two currencies are shown and not ranked here."""
    same = own.measure.bases == other.measure.bases and own.measure != TEXT
    return same and own.measure.currency is None and own.span.point and other.span.point


def _stricter(name: str, own: Answer, other: Answer) -> Literal["home", "target"] | None:
    ours, theirs = _scaled(own.span, own.measure), _scaled(other.span, other.measure)
    if ours == theirs:
        return None
    more = "target" if theirs > ours else "home"
    if name in MORE_IS_STRICTER:
        return "target" if more == "target" else "home"
    return "home" if more == "target" else "target"


def _scaled(span: Span, measure: Measure) -> Exact:
    return (span.low or 0) * (measure.scale if measure != PLAIN else 1)
