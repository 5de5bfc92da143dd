"""What vehicles pay and receive and what investments qualify for, as a document to take along."""

from collections.abc import Iterator, Sequence
from datetime import date

from rambu.assess import Finding
from rambu.publish.document.blocks import Block, Document, Heading, Table, Text
from rambu.publish.document.frame import framed, stamped
from rambu.publish.qualify import Offers
from rambu.publish.references import References
from rambu.publish.wording import Wording
from rambu.publish.words import PHASES
from rambu.publish.worth import Row, WorthPage


class WorthPaper:
    """Words vehicles and projects, one chapter each; their pages number their sources in `references`."""

    def __init__(
        self, vehicles: Sequence[WorthPage], projects: Sequence[Offers], references: References, wording: Wording
    ) -> None:
        self.vehicles, self.projects = vehicles, projects
        self.references, self.wording, self.say = references, wording, wording.say

    def document(self, profile: str, when: tuple[date, date], version: str) -> Document:
        """The whole: vehicles, projects, sources. `when` is the day asked and the day of knowledge."""
        blocks = [block for page in self.vehicles for block in self._vehicle(page)]
        blocks += [block for offers in self.projects for block in self._project(offers)]
        there = [page.found.jurisdiction for page in self.vehicles]
        there += [offers.subject.jurisdiction or "" for offers in self.projects]
        title = self.say("Paid and received: {profile}", profile=profile)
        subtitle = ", ".join(dict.fromkeys(self.wording.country(code) for code in there if code))
        stamp = stamped(self.wording, *when, self.wording.register.version, version)
        return framed(self.wording, title, subtitle, stamp, blocks, self.references)

    # -- a vehicle

    def _vehicle(self, page: WorthPage) -> Iterator[Block]:
        yield Heading(1, page.title())
        if page.found.start.low is not None:
            yield Text(f"{self.say('Reckoned on')}: {page.money(page.found.start)}", "quiet")
        beside = page.other is not None
        heads = [self.say("Tax, fee or offer"), self.say("This vehicle")]
        heads += [self.say("The same with petrol")] if beside else []
        widths = (22, 22, 18, 38) if beside else (24, 26, 50)
        rows = tuple(self._cells(row, beside) for row in page.rows())
        yield Table((*heads, self.say("Why")), rows, widths)
        sums = tuple(self._cells(row, beside)[:-1] for row in page.sums())
        yield Table((self.say("Together"), *heads[1:]), sums, (40, 34, 26) if beside else (45, 55))
        if (saved := page.saving()) != "":
            yield Text(self.say("Saved against the combustion twin, on the road: {sum}", sum=saved), "good")

    @staticmethod
    def _cells(row: Row, beside: bool) -> tuple[str, ...]:
        amount = "\n".join((row.amount, *row.others))
        why = "\n".join((*row.because, *([row.needs] if row.needs else [])))
        return (row.title, amount, row.twin, why) if beside else (row.title, amount, why)

    # -- an investment

    def _project(self, offers: Offers) -> Iterator[Block]:
        yield Heading(1, self.wording.subject(offers.subject.name, offers.subject.kind))
        found = offers.found
        near = [(one.finding, [*map(offers.step, one.steps), *([offers.needs(one)] if one.needs else [])])
                for one in found.near]  # fmt: skip
        for title, told in (
            (self.say("Qualifies for"), [(one, self._given(offers, one)) for one in found.applies]),
            (self.say("Cannot tell yet"), [(one, self._given(offers, one)) for one in found.open]),
            (self.say("Would qualify with more"), near),
        ):
            if told:
                heads = (self.say("Country"), self.say("Rule"), self.say("How much"))
                yield Heading(2, title)
                yield Table(heads, tuple(self._row(offers, one, texts) for one, texts in told), (14, 36, 50))
        if not any((found.applies, found.open, found.near)):
            yield Text(self.say("The register knows no offer that reaches it."))

    def _row(self, offers: Offers, one: Finding, texts: list[str]) -> tuple[str, str, str]:
        phase = "" if one.phase == "in_force" else f"\n{self.say(PHASES[one.phase])}"
        return self.wording.country(one.jurisdiction), offers.entries.entry(one).title + phase, "\n".join(texts)

    @staticmethod
    def _given(offers: Offers, one: Finding) -> list[str]:
        """What an offer gives, what it waits for, and its next tiers."""
        entry = offers.entries.entry(one)
        figures = [figure.line for figure in entry.figures]
        return [*figures, *([entry.needs] if entry.needs else []), *map(offers.tier, offers.tiers(one))]
