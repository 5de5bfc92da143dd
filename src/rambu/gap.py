"""The gap between home and another country: what is asked beyond it, what falls away, what is stricter or earlier.

Things that provisions ask for (`asks`) line the two countries up; a provision that names none counts for its topic.
Where one side asks for a thing by its name and the other has rules of the same topic that name none, the two are put
side by side and said to be alike, never that one side asks nothing. What the profile has nothing of in the target is
imagined there, kind by kind: a company of the same activity and size, not listed, its sites, and one project, which
permits are about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from rambu.assess import Answer, Assessment, Finding, assess, country, rank_questions
from rambu.expressions.span import Exact, Span
from rambu.expressions.subject import Choice, Subject
from rambu.profile import Profile
from rambu.register import Register
from rambu.rules import Rules
from rambu.units import PLAIN, TEXT, Measure

Kind = Literal["new", "open_home", "perhaps", "stricter", "earlier", "changed", "alike", "same", "falls_away"]
ORDER: tuple[Kind, ...] = (
    "new", "stricter", "earlier", "open_home", "perhaps", "changed", "alike", "same", "falls_away",
)  # fmt: skip
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
    imagined: tuple[Subject, ...]
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
    imagined: tuple[Subject, ...]


def entry(rules: Rules, profile: Profile, home: str, targets: Iterable[str], as_of: date, known_on: date) -> Entry:
    """What applies in every target, imagined where the profile has nothing there. Raises RambuError."""
    codes = tuple(dict.fromkeys(code for code in targets if code != home))
    entered, imagined = profile, list[Subject]()
    for code in codes:
        entered, more = entering(rules.register, entered, home, code)
        imagined += more
    found = assess(rules, entered, as_of, known_on, codes)
    there = replace(found, findings=tuple(one for one in found.findings if one.jurisdiction in codes))
    there = replace(there, questions=tuple(rank_questions(there.findings)))
    gaps = tuple(gap(rules, profile, home, code, as_of, known_on) for code in codes)
    return Entry(home, codes, there, gaps, tuple(imagined))


def home_of(profile: Profile) -> str | None:
    """Where the first company of a profile is, else its first subject."""
    placed = [subject for subject in profile.all_subjects() if subject.jurisdiction]
    companies = [subject for subject in placed if subject.kind == "company"]
    return (companies or placed)[0].jurisdiction if placed else None


def gap(rules: Rules, profile: Profile, home: str, target: str, as_of: date, known_on: date) -> Gap:
    """What the target asks against what home asks. Raises RambuError."""
    entered, imagined = entering(rules.register, profile, home, target)
    found = assess(rules, entered, as_of, known_on, [home, target])
    ours, theirs = (_Side.of(found.findings, code) for code in (home, target))
    rows = [_row(key, ours, theirs) for key in sorted({*ours.by_key, *theirs.by_key})]
    ordered = sorted(rows, key=lambda row: (ORDER.index(row.kind), not row.is_ask, row.key))
    return Gap(home, target, as_of, known_on, tuple(ordered), imagined, found)


def entering(register: Register, profile: Profile, home: str, target: str) -> tuple[Profile, tuple[Subject, ...]]:
    """The profile with what it has at home imagined in the target, for every kind of which it has nothing there."""
    there = {subject.kind for subject in profile.all_subjects() if subject.jurisdiction == target}
    movers = [subject for subject in profile.subjects if subject.jurisdiction == home and subject.kind not in there]
    moved = [_moved(register, subject, target) for subject in movers if subject.kind != "country"]
    if "project" not in {*there, *(subject.kind for subject in moved)}:
        moved += _project(register, profile, home, target)
    return Profile(profile.name, (*profile.subjects, *moved)), tuple(moved)


def _project(register: Register, profile: Profile, home: str, target: str) -> list[Subject]:
    """The investment that an entry is: of the activity of the first company at home, its size unknown."""
    company = next((one for one in profile.subjects if one.kind == "company" and one.jurisdiction == home), None)
    if company is None:
        return []
    facts = {name: given for name, given in company.facts.items() if name == "activity"}
    return [Subject("project", f"project ({target})", facts | country(register, target).facts, jurisdiction=target)]


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


class _Side(NamedTuple):
    """What binds in one country: by the thing asked for or the topic, and by topic whatever is asked for."""

    by_key: dict[str, tuple[Finding, ...]]
    by_topic: dict[str, tuple[Finding, ...]]

    @classmethod
    def of(cls, findings: Iterable[Finding], code: str) -> "_Side":
        by_key: dict[str, tuple[Finding, ...]] = {}
        by_topic: dict[str, tuple[Finding, ...]] = {}
        for one in findings:
            if one.jurisdiction == code and _asks(one):
                for key in one.provision.asks or one.topics[:1]:
                    by_key[key] = (*by_key.get(key, ()), one)
                for topic in one.topics:
                    by_topic[topic] = (*by_topic.get(topic, ()), one)
        return cls(by_key, by_topic)

    def alike(self, key: str, others: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Rules of the same topic as the other side's that ask for it by another name or by none."""
        topics = [key] if key in self.by_topic else [one.topics[0] for one in others]
        found = [one for topic in topics for one in self.by_topic.get(topic, ())]
        named = any(key in one.provision.asks for one in others)
        kept = {(one.address, one.subject): one for one in found if not named or not one.provision.asks}
        return tuple(kept.values())


def _asks(one: Finding) -> bool:
    """Binds now or is to bind, or may: what is over, a mere draft or surely not for them asks nothing."""
    return (
        one.provision.kind in BINDING
        and one.subject_kind != "country"
        and one.verdict != "does_not_apply"
        and one.phase in (*STANDING, "unknown")
    )


def _row(key: str, ours: _Side, theirs: _Side) -> Row:
    home, target = ours.by_key.get(key, ()), theirs.by_key.get(key, ())
    is_ask = any(key in one.provision.asks for one in (*home, *target))
    if not target and (alike := theirs.alike(key, home)):
        return Row(key, is_ask, "alike", home, alike, ())
    if not home and (alike := ours.alike(key, target)):
        return Row(key, is_ask, "alike", alike, target, ())
    differences = tuple(_differences(home, target))
    return Row(key, is_ask, _kind(home, target, differences), home, target, differences)


def _kind(home: tuple[Finding, ...], target: tuple[Finding, ...], differences: tuple[Difference, ...]) -> Kind:
    sure_home, sure_target = (_sure(side) for side in (home, target))
    if not sure_target:
        return "perhaps" if target else "falls_away"
    if not sure_home:
        return "open_home" if home else "new"
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
