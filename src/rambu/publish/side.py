"""One vehicle or project side by side in many countries: what each rule of some topics says of it, and a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rambu.assess import Assessment, Finding, about, assess
from rambu.expressions.subject import Subject
from rambu.profile import Profile
from rambu.publish.document.blocks import Block, Document, Heading, Table, Text
from rambu.publish.document.frame import framed, stamped
from rambu.publish.entries import Entries
from rambu.publish.sorting import sort_of
from rambu.publish.wording import Wording
from rambu.publish.words import PHASES, VERDICTS
from rambu.rules import Rules
from rambu.worth import placed

GONE = ("ended", "never", "not_known")
SHOWN = ("charge", "incentive", "opportunity", "duty", "ban")


@dataclass(frozen=True)
class Side:
    """A subject as it would be in one country, and what applies to it there."""

    subject: str
    jurisdiction: str
    found: Assessment


def sides(rules: Rules, profile: Profile, topics: frozenset[str], countries: Sequence[str],
          as_of: date, known_on: date) -> list[Side]:  # fmt: skip
    """Every vehicle and project of a profile in every country. Raises RambuError."""
    made = []
    for subject in profile.all_subjects():
        if subject.kind in ("vehicle", "project"):
            made += [_side(rules, subject, code, topics, as_of, known_on) for code in countries]
    return made


def _side(rules: Rules, subject: Subject, code: str, topics: frozenset[str], as_of: date, known_on: date) -> Side:
    there = replace(placed(rules, subject, code))
    found = assess(rules, Profile(subject.name, (there,)), as_of, known_on, [code])
    return Side(subject.name, code, about(found, topics))


class SideBySide:
    """Words the sides of one subject after the other."""

    def __init__(self, made: Sequence[Side], wording: Wording, version: str) -> None:
        self.made, self.wording, self.version, self.say = made, wording, version, wording.say
        self.entries = Entries(wording)

    def document(self) -> Document:
        """A chapter a subject: a table over the countries."""
        names = list(dict.fromkeys(side.subject for side in self.made))
        blocks = [block for name in names for block in self._subject(name)]
        first = self.made[0].found
        title = self.say("Side by side: {names}", names=", ".join(names))
        subtitle = ", ".join(dict.fromkeys(self.wording.country(side.jurisdiction) for side in self.made))
        stamp = stamped(self.wording, first.as_of, first.known_on, first.register_version, self.version)
        return framed(self.wording, title, subtitle, stamp, blocks, self.entries.references)

    def _subject(self, name: str) -> Iterator[Block]:
        yield Heading(1, self.wording.subject_named(name))
        heads = (self.say("Country"), self.say("Rule"), self.say("Verdict"), self.say("How much"))
        rows = [row for side in self.made if side.subject == name for row in self._rows(side)]
        yield Table(heads, tuple(rows), (14, 36, 16, 34))
        yield Text(self.say("What has ended is left out. No row: no such rule is in the register."), "quiet")

    def _rows(self, side: Side) -> Iterator[tuple[str, ...]]:
        for one in side.found.findings:
            if one.provision.kind in SHOWN and one.phase not in GONE and one.subject_kind != "country":
                yield self.wording.country(side.jurisdiction), self._rule(one), self._verdict(one), self._figures(one)

    def _rule(self, one: Finding) -> str:
        return self.entries.entry(one).title

    def _verdict(self, one: Finding) -> str:
        words = [self.say(VERDICTS[one.verdict])]
        if one.phase != "in_force":
            words.append(self.say(PHASES[one.phase]))
        if one.verdict == "unknown" and one.missing:
            words.append(self.say("needs: {facts}", facts=self.wording.all_lacking(one.missing)))
        return "\n".join(words)

    def _figures(self, one: Finding) -> str:
        if sort_of(one) == "not":
            return ""
        return "\n".join(f"{figure.label}: {figure.text}" for figure in self.entries.entry(one).figures)

    def as_json(self) -> list[dict[str, Any]]:
        """Plain data: verdict, phase and values of every rule on every side."""
        from rambu.publish.as_json import span

        return [
            {
                "subject": side.subject,
                "jurisdiction": side.jurisdiction,
                "rules": [
                    {
                        "provision": str(one.address),
                        "verdict": one.verdict,
                        "phase": one.phase,
                        "values": {answer.name: span(answer.span, answer.measure, "unknown") for answer in one.answers},
                        "missing": sorted({fact for _, fact in one.missing}),
                    }
                    for one in side.found.findings
                    if one.subject_kind != "country"
                ],
            }
            for side in self.made
        ]
