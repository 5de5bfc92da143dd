"""The gap to another country as a document, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from rambu.assess import Finding
from rambu.expressions.subject import Subject
from rambu.gap import Difference, Gap, Kind, Row
from rambu.publish.as_json import span as as_span
from rambu.publish.document.blocks import Block, Document, Heading, Table, Text
from rambu.publish.document.frame import framed, stamped
from rambu.publish.entries import needed
from rambu.publish.references import References
from rambu.publish.wording import Wording
from rambu.publish.words import FORCES, PHASES, STATES, SUBJECTS, mark

TITLES: dict[Kind, str] = {
    "new": mark("Asked there and not at home"),
    "stricter": mark("Stricter there"),
    "earlier": mark("Asked there already, at home only later"),
    "changed": mark("Asked on both sides, otherwise there"),
    "open_home": mark("Asked there; whether at home, cannot be told"),
    "perhaps": mark("Perhaps asked there: facts are missing"),
    "alike": mark("Rules of the same topic on both sides, named otherwise"),
    "same": mark("Asked on both sides"),
    "falls_away": mark("Asked at home; no rule in the register there"),
}
SAID: dict[Kind, str] = {
    "falls_away": mark("No rule in the register is not no rule in the country: each row says how far it was searched."),
}


def gap_document(gaps: tuple[Gap, ...], name: str, wording: Wording, version: str) -> Document:
    """The gap to one or several countries, as a document of its own."""
    references = References(wording)
    blocks = [block for one in gaps for block in gap_blocks(one, wording, references)]
    targets = ", ".join(wording.country(one.target) for one in gaps)
    first = gaps[0]
    title = wording.say("From {home} to {targets}", home=wording.country(first.home), targets=targets)
    stamp = stamped(wording, first.as_of, first.known_on, first.assessment.register_version, version)
    return framed(wording, title, name, stamp, blocks, references)


def gap_blocks(gap: Gap, wording: Wording, references: References) -> Iterator[Block]:
    """One chapter: what is new, stricter, earlier, open, the same, and what falls away."""
    words = _GapWords(gap, wording, references)
    yield Heading(
        1, wording.say("Gap: {home} to {target}", home=wording.country(gap.home), target=wording.country(gap.target))
    )
    if gap.imagined:
        yield Text(imagined_text(gap.imagined, wording), "loud")
    if not gap.rows:
        yield Text(wording.say("Neither side asks for anything that the register knows of."))
    for kind, title in TITLES.items():
        if rows := gap.of(kind):
            yield Heading(2, f"{wording.say(title)} ({len(rows)})")
            if kind in SAID:
                yield Text(wording.say(SAID[kind]), "quiet")
            heads = (wording.say("What is asked"), wording.country(gap.home), wording.country(gap.target))
            yield Table(heads, tuple(words.row(row) for row in rows), (24, 38, 38))


def imagined_text(imagined: Sequence[Subject], wording: Wording) -> str:
    """What was imagined in the target, said once and loudly."""
    names = ", ".join(f"{subject.name}, {wording.say(SUBJECTS[subject.kind])}" for subject in imagined)
    return wording.say(
        "Imagined there, because the profile has nothing of the kind: {names}. Companies and sites with the activity "
        "and size that they have at home, not listed; a project of the same activity, its size not known.",
        names=names,
    )


class _GapWords:
    def __init__(self, gap: Gap, wording: Wording, references: References) -> None:
        self.gap, self.wording, self.say, self.references = gap, wording, wording.say, references

    def row(self, row: Row) -> tuple[str, str, str]:
        """What, at home, there."""
        what = [self.name(row)]
        if row.is_ask and (named := self.wording.vocabulary.asks[row.key]).counterparts:
            what.append("; ".join(named.counterparts.values()))
        what.extend(self._difference(one) for one in row.differences)
        home, target = self._side(row.home), self._side(row.target)
        if not row.target:
            target = self._searched(row.home, self.gap.target)
        if not row.home:
            home = self._searched(row.target, self.gap.home)
        return "\n".join(what), home, target

    def _searched(self, others: tuple[Finding, ...], code: str) -> str:
        """No rule; and how far the topic was searched there."""
        topic = others[0].topics[0]
        coverage = self.wording.register.coverage.get(code)
        entry = coverage.topics.get(topic) if coverage else None
        state = entry.state if entry else "not_searched"
        return f"– ({self.wording.topic(topic)}: {self.say(STATES[state])})"

    def name(self, row: Row) -> str:
        """Label of the thing asked for, or of the topic."""
        asks = self.wording.vocabulary.asks
        return self.wording.of(asks[row.key].label) if row.is_ask and row.key in asks else self.wording.topic(row.key)

    def _side(self, findings: tuple[Finding, ...]) -> str:
        return "\n".join(dict.fromkeys(self._finding(one) for one in findings)) or "–"

    def _finding(self, one: Finding) -> str:
        parts = [self.wording.of(one.provision.title)]
        if one.provision.force != "mandatory":
            parts.append(self.say(FORCES[one.provision.force]))
        if one.phase != "in_force":
            parts.append(self.say(PHASES[one.phase]))
        if one.start.point and one.start.low is not None and one.phase == "coming":
            parts.append(self.say("from {day}", day=self.wording.day(int(one.start.low))))
        if one.verdict == "unknown":
            facts = needed(one, self.wording)
            parts.append(self.say("needs: {facts}", facts=facts) if facts else self.say("cannot tell"))
        return " · ".join(parts) + self.references.of_provision(self.wording.register, one.address)

    def _difference(self, one: Difference) -> str:
        text = self.say(
            "{measure}: {home} at home, {target} there",
            measure=self.wording.measure(one.measure),
            home=self.wording.span(one.home.span, one.home.value.unit),
            target=self.wording.span(one.target.span, one.target.value.unit),
        )
        return f"{text} ({self.say('stricter there')})" if one.stricter == "target" else text


def gap_json(gap: Gap) -> dict[str, Any]:
    """Plain data: every row with its provisions and the measures in which they differ."""
    return {
        "home": gap.home,
        "target": gap.target,
        "as_of": gap.as_of.isoformat(),
        "known_on": gap.known_on.isoformat(),
        "imagined": [subject.name for subject in gap.imagined],
        "rows": [
            {
                "key": row.key,
                "is_ask": row.is_ask,
                "kind": row.kind,
                "home": [_side_json(one) for one in row.home],
                "target": [_side_json(one) for one in row.target],
                "differences": [
                    {
                        "measure": one.measure,
                        "home": as_span(one.home.span, one.home.measure),
                        "target": as_span(one.target.span, one.target.measure),
                        "stricter": one.stricter,
                    }
                    for one in row.differences
                ],
            }
            for row in gap.rows
        ],
    }


def _side_json(one: Finding) -> dict[str, Any]:
    return {
        "provision": str(one.address),
        "subject": one.subject,
        "verdict": one.verdict,
        "phase": one.phase,
        "force": one.provision.force,
        "missing": sorted({fact for _, fact in one.missing}),
    }
