"""What an investment qualifies for, what waits for facts, and how far away the rest is, in words and as JSON."""

from collections.abc import Iterator
from typing import Any

from rambu.assess import Finding
from rambu.engine import Assessing
from rambu.expressions.subject import Subject
from rambu.publish.as_json import missing as as_missing
from rambu.publish.as_json import span as as_span
from rambu.publish.entries import Entries
from rambu.publish.layout import Line, line
from rambu.publish.references import References
from rambu.publish.wording import Wording
from rambu.publish.words import PHASES, mark
from rambu.qualify import Near, Qualified, Step, Tier, next_tiers
from rambu.units import Measure

WANTED = {
    ">=": mark("another {distance} of {fact}: it is {have}, at least {wanted} is asked"),
    ">": mark("another {distance} of {fact}: it is {have}, more than {wanted} is asked"),
    "<=": mark("{distance} less of {fact}: it is {have}, at most {wanted} is allowed"),
    "<": mark("{distance} less of {fact}: it is {have}, less than {wanted} is asked"),
}


class Offers:
    """Words what is offered to one subject of a profile."""

    def __init__(
        self,
        assessing: Assessing,
        subject: Subject,
        found: Qualified,
        wording: Wording,
        references: References | None = None,
    ) -> None:
        self.assessing, self.subject, self.found = assessing, subject, found
        self.wording, self.say = wording, wording.say
        self.entries = Entries(wording, references=references)

    def lines(self) -> Iterator[Line]:
        """For a terminal, without the sources, which may be those of several pages."""
        yield line(0, self.wording.subject(self.subject.name, self.subject.kind), "head")
        for title, findings, style in (
            (self.say("Qualifies for"), self.found.applies, "good"),
            (self.say("Cannot tell yet"), self.found.open, "open"),
        ):
            if findings:
                yield line(2, title, style)
            for one in findings:
                yield from self._finding(one)
        if self.found.near:
            yield line(2, self.say("Would qualify with more"), "head")
        for near in self.found.near:
            yield from self._head(near.finding)
            for step in near.steps:
                yield line(6, self.step(step), "open", 2)
            if near.needs:
                yield line(6, self.needs(near), "open", 2)
        if not any((self.found.applies, self.found.open, self.found.near)):
            yield line(2, self.say("The register knows no offer that reaches it."))

    def _head(self, one: Finding) -> Iterator[Line]:
        entry = self.entries.entry(one)
        phase = "" if one.phase == "in_force" else self.say(PHASES[one.phase])
        quiet = " · ".join(part for part in (self.wording.country(one.jurisdiction), phase) if part)
        yield Line(4, ((entry.title, "head"), ("  " + quiet, "quiet")), 2)

    def _finding(self, one: Finding) -> Iterator[Line]:
        yield from self._head(one)
        entry = self.entries.entry(one)
        for figure in entry.figures:
            yield line(6, figure.line, "", 2)
        if entry.needs:
            yield line(6, entry.needs, "open", 2)
        for tier in self.tiers(one):
            yield line(6, self.tier(tier), "good", 2)

    def needs(self, near: Near) -> str:
        """What is open besides the thresholds."""
        return self.say("and needs: {facts}", facts=self.wording.all_lacking(near.needs))

    def tiers(self, one: Finding) -> list[Tier]:
        """The next tier of every value of an offer that applies."""
        return list(next_tiers(self.assessing, self.subject, one))

    def step(self, step: Step) -> str:
        """One threshold that is missed, with the distance to go."""
        return self.say(
            WANTED[step.sign],
            distance=self._amount(step.distance, step.measure),
            fact=self.wording.fact(step.fact),
            have=self._amount(step.have, step.measure),
            wanted=self._amount(step.wanted, step.measure),
        )

    def tier(self, tier: Tier) -> str:
        """The next tier of what applies."""
        return self.say(
            "from {edge} of {fact} (another {distance}): {value} {gives}",
            edge=self._amount(tier.edge, tier.measure),
            fact=self.wording.fact(tier.fact),
            distance=self._amount(tier.distance, tier.measure),
            value=self.wording.measure(tier.value),
            gives=self.wording.span(tier.gives, tier.unit),
        )

    def _amount(self, span: Any, measure: Measure) -> str:
        return self.wording.span(span, self.wording.unit_of(measure))

    # -- as JSON

    def as_json(self) -> dict[str, Any]:
        """Plain data: what applies with its next tiers, what is open with its missing facts, what is near."""
        return {
            "subject": self.subject.name,
            "applies": [
                {
                    **_plain(one),
                    "next": [self._tier_json(tier) for tier in self.tiers(one)],
                }
                for one in self.found.applies
            ],
            "open": [{**_plain(one), "missing": as_missing(one.missing)} for one in self.found.open],
            "near": [
                {
                    **_plain(near.finding),
                    "steps": [self._step_json(step) for step in near.steps],
                    "missing": as_missing(near.needs),
                }
                for near in self.found.near
            ],
        }

    def _tier_json(self, tier: Tier) -> dict[str, Any]:
        gives = self.assessing.rules.register.units.measure(tier.unit)
        return {
            "value": tier.value,
            "fact": tier.fact,
            "from": as_span(tier.edge, tier.measure),
            "distance": as_span(tier.distance, tier.measure),
            "unit": self.wording.unit_of(tier.measure),
            "gives": as_span(tier.gives, gives),
        }

    def _step_json(self, step: Step) -> dict[str, Any]:
        return {
            "fact": step.fact,
            "sign": step.sign,
            "have": as_span(step.have, step.measure),
            "wanted": as_span(step.wanted, step.measure),
            "distance": as_span(step.distance, step.measure),
            "unit": self.wording.unit_of(step.measure),
        }


def _plain(one: Finding) -> dict[str, Any]:
    return {"provision": str(one.address), "jurisdiction": one.jurisdiction, "phase": one.phase}
