"""An assessment -> a page: headline, countries, what was assumed, what comes next, sources."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from rambu.assess import Assessment, Finding, Question
from rambu.publish.entries import DUE, Entries
from rambu.publish.page import Country, Entry, Page, Part, Section
from rambu.publish.sorting import OPEN, Sort, sort_of, tally
from rambu.publish.wording import Wording
from rambu.publish.words import mark, pair
from rambu.register import Address
from rambu.rules import address_of

SECTIONS: Mapping[Sort, str] = {
    "to_do": mark("To do, by date"),
    "money": mark("Money"),
    "opportunities": mark("Opportunities"),
    "coming": mark("Coming and announced"),
    "stopped": mark("Suspended or used up"),
    "unless": mark("Applies, unless …"),
    "missing": mark("Cannot tell: facts are missing"),
    "unsaid": mark("Cannot tell: the sources do not say"),
    "status": mark("What you count as"),
    "targets": mark("Targets and figures for you"),
    "country": mark("Targets and figures of the country"),
    "penalty": mark("Other penalties"),
    "not": mark("Does not apply"),
    "ended": mark("Ended or never started"),
}
FOLDED: tuple[Sort, ...] = ("not", "status")
HEADS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("to_do", pair("{number} duty applies", "{number} duties apply")),
    ("charges", pair("{number} charge", "{number} charges")),
    ("incentives", pair("{number} incentive", "{number} incentives")),
    ("opportunities", pair("{number} opportunity", "{number} opportunities")),
    ("coming", pair("{number} is coming or proposed", "{number} are coming or proposed")),
    ("missing", pair("{number} cannot be told: facts are missing", "{number} cannot be told: facts are missing")),
    ("unless", pair("{number} applies unless an exception holds", "{number} apply unless an exception holds")),
    (
        "unsaid",
        pair("{number} cannot be told: the sources do not say", "{number} cannot be told: the sources do not say"),
    ),
    ("not", pair("{number} does not apply", "{number} do not apply")),
)
ALWAYS = ("to_do", "incentives", "coming", "missing", "not")
FIRST_QUESTIONS = 5
Duty = tuple[str, Address]
FORCES = ("mandatory", "comply_or_explain", "voluntary")


def page(assessment: Assessment, wording: Wording, version: str, why: bool = False, everything: bool = False) -> Page:
    """The answer, with reasons if `why`; `everything` adds what does not apply, has ended, and every question."""
    builder = _Builder(assessment, wording, Entries(wording, why), everything)
    countries = tuple(builder.countries())
    return Page(
        headline=builder.headline(),
        stamp=tuple(builder.stamp(version)),
        countries=countries,
        parts=tuple(part for part in builder.parts() if part.lines),
        sources_title=wording.say("Sources"),
        sources=builder.entries.references.all(),
        notice=wording.say("This is information with its sources, not legal advice."),
    )


class _Builder:
    def __init__(self, assessment: Assessment, wording: Wording, entries: Entries, everything: bool) -> None:
        self.assessment, self.wording, self.say = assessment, wording, wording.say
        self.entries, self.everything = entries, everything

    def headline(self) -> str:
        if not self.assessment.jurisdictions:
            return self.say(
                "{name}: no place is given, so nothing can be judged; say in which country each subject is.",
                name=self.assessment.profile,
            )
        counted = tally(self.assessment.findings)
        parts = [self.wording.many(*words, counted[key]) for key, words in HEADS if counted[key] or key in ALWAYS]
        name, day = self.assessment.profile, self.wording.day(self.assessment.as_of)
        return self.say("{name}, on {day}: {result}.", name=name, day=day, result="; ".join(parts))

    def stamp(self, version: str) -> Iterator[str]:
        asked = self.assessment
        yield self.say("As of {day}", day=self.wording.day(asked.as_of))
        yield self.say("known on {day}", day=self.wording.day(asked.known_on))
        yield self.say("rambu {version}", version=version)
        yield self.say("register {version}", version=asked.register_version)

    # -- countries

    def countries(self) -> Iterator[Country]:
        codes = [*self.assessment.jurisdictions]
        codes += sorted({found.jurisdiction for found in self.assessment.findings} - set(codes))
        for code in codes:
            findings = [found for found in self.assessment.findings if found.jurisdiction == code]
            yield Country(code, self.wording.country(code), self._note(code, findings), tuple(self._sections(findings)))

    def _note(self, code: str, findings: list[Finding]) -> str:
        if code in self.assessment.nowhere:
            return self.say("Nothing of yours is stated to be there: only what is the same for everybody is shown.")
        if code not in self.assessment.jurisdictions:
            return self.say("Reaches you from abroad.")
        return "" if findings else self.say("The register holds nothing here that concerns you.")

    def _sections(self, findings: list[Finding]) -> Iterator[Section]:
        duties = {(found.subject, found.address) for found in findings}
        penalties: dict[Duty, list[Finding]] = {}
        parts: dict[Sort, list[Finding]] = {}
        for found in findings:
            sort, duty = sort_of(found), duty_of(found)
            if sort == "penalty" and duty in duties:
                penalties.setdefault(duty, []).append(found)
            else:
                parts.setdefault(sort, []).append(found)
        for sort, title in SECTIONS.items():
            if sort in parts:
                yield self._section(sort, self.say(title), sorted(parts[sort], key=order), penalties)

    def _section(
        self, sort: Sort, title: str, those: list[Finding], penalties: Mapping[Duty, list[Finding]]
    ) -> Section:
        counted = f"{title} ({len(those)})"
        if not self.everything and sort == "ended":
            rules = self.wording.many("{number} rule; see --all", "{number} rules; see --all", len(those))
            return Section(sort, title, folded=rules)
        if not self.everything and sort in FOLDED:
            titles = dict.fromkeys(self.wording.of(found.provision.title) for found in those)
            return Section(sort, counted, folded="; ".join(titles))
        made = [self.entries.entry(one, penalties.get((one.subject, one.address), ())) for one in those]
        return Section(sort, counted, tuple(merged(made)))

    # -- after the countries

    def parts(self) -> Iterator[Part]:
        yield Part(self.say("Assumed, because the profile does not say"), tuple(self._assumed()))
        yield Part(self.say("Without a place, and so judged nowhere"), self.assessment.placeless)
        yield Part(
            self.say("Announced after {day}", day=self.wording.day(self.assessment.known_on)), tuple(self._since())
        )
        yield Part(self.say("What to answer next"), tuple(self._questions()))

    def _assumed(self) -> Iterator[str]:
        """Each assumption once, with everybody about whom it was made."""
        made: dict[tuple[str, str], list[str]] = {}
        for entry in self.assessment.assumptions:
            made.setdefault((entry.fact, entry.value), []).append(entry.subject)
        for (fact, value), subjects in made.items():
            shown = self.wording.given_text(value)
            yield self.say("{fact}: {value} ({subjects})", fact=self.wording.fact(fact), value=shown,
                           subjects=", ".join(subjects))  # fmt: skip

    def _since(self) -> Iterator[str]:
        seen: dict[str, None] = {}
        for found in self.assessment.findings:
            days = ", ".join(self.wording.written_day(day) for day in found.announced_since)
            if days:
                title = self.wording.of(found.provision.title)
                seen[f"{self.wording.country(found.jurisdiction)}: {title}: {days}"] = None
        yield from seen

    def _questions(self) -> Iterator[str]:
        asked = self.assessment.questions if self.everything else self.assessment.questions[:FIRST_QUESTIONS]
        total = sum(sort_of(found) in OPEN for found in self.assessment.findings)
        for question in asked:
            yield question_line(question, total, self.wording)
        left = len(self.assessment.questions) - len(asked)
        if left:
            yield self.wording.many("and {number} more question; see --all, or rambu ask",
                                    "and {number} more questions; see --all, or rambu ask", left)  # fmt: skip


def question_line(question: Question, total: int, wording: Wording) -> str:
    """A question, about whom, and what it settles."""
    worth = wording.say("settles {settles} of {total}", settles=question.settles, total=total)
    if not question.settles:
        worth = wording.say("enters {enters} of {total}", enters=question.enters, total=total)
    return f"{wording.question(question.fact)} ({wording.subject_named(question.subject)}; {worth})"


def duty_of(found: Finding) -> Duty | None:
    """The duty that a penalty follows, for the same subject."""
    name = found.provision.penalty_for
    return (found.subject, address_of(name, found.address.file)) if name else None


def merged(entries: list[Entry]) -> Iterator[Entry]:
    """Entries that differ in nothing but their subject, as one."""
    for _, alike in groupby(entries, key=lambda entry: replace(entry, subject="")):
        those = list(alike)
        yield replace(those[0], subject=", ".join(entry.subject for entry in those))


def order(found: Finding) -> tuple[object, ...]:
    """By first due day, or first day while coming, what has none last; what is open by the facts that it waits for."""
    if sort_of(found) in OPEN:
        return len(found.missing), sorted(fact for _, fact in found.missing), str(found.address), found.subject
    return (*_first_day(found), FORCES.index(found.provision.force), str(found.address), found.subject)


def _first_day(found: Finding) -> tuple[bool, int]:
    ends = [period.due.low for period in found.periods]
    ends += [answer.span.low for answer in found.answers if answer.name == DUE and answer.value.unit == "date"]
    if sort_of(found) == "coming":
        ends = [found.start.low]
    known = [int(end) for end in ends if end is not None]
    return not known, min(known, default=0)
