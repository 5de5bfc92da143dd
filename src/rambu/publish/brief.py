"""The country-entry brief of one profile: the answer on one page, to do by date, money, gap, questions, sources."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rambu.assess import Assessment, Finding
from rambu.expressions.subject import Subject
from rambu.gap import Gap
from rambu.model.base import last_day
from rambu.publish.answer import duty_of, order, question_line
from rambu.publish.document.blocks import Block, Bullets, Document, Heading, Table, Text
from rambu.publish.document.frame import framed, stamped
from rambu.publish.entries import DUE, Entries, needed
from rambu.publish.gap import gap_blocks, imagined_text
from rambu.publish.page import Figure
from rambu.publish.sorting import OPEN, Sort, sort_of
from rambu.publish.wording import Wording
from rambu.publish.words import FORCES, KINDS, PHASES, mark

FIRST = 6  # things on the page that answers
MOST_QUESTIONS = 20
COUNTED = (
    ("binding", mark("{number} binding duties")),
    ("recommended", mark("{number} recommended or comply-or-explain")),
    ("money", mark("{number} about money")),
    ("coming", mark("{number} coming, or coming if a missing fact says so")),
    ("open", mark("{number} still open")),
)
NOT_COVERED = mark(
    "Not covered: registration of companies, licences of single trades, taxes outside the topics, contracts, visas, "
    "product rules."
)
NOTICE = mark("This is information with its sources, not legal advice. Have it confirmed before you act on it.")


class Brief:
    """Builds the document of one assessment, with the gap to each country that is entered."""

    def __init__(
        self,
        found: Assessment,
        gaps: Sequence[Gap],
        wording: Wording,
        version: str,
        imagined: Sequence[Subject] = (),
    ) -> None:
        self.found, self.gaps, self.version, self.imagined = found, gaps, version, imagined
        self.wording, self.say = wording, wording.say
        self.entries = Entries(wording)
        self.penalties: dict[object, list[Finding]] = {}
        for one in found.findings:
            if sort_of(one) == "penalty" and (duty := duty_of(one)) is not None:
                self.penalties.setdefault(duty, []).append(one)

    def document(self) -> Document:
        """The whole brief."""
        countries = ", ".join(self.wording.country(code) for code in self._countries())
        blocks = (*self._answer(), *self._to_do(), *self._money(), *self._coming(), *self._gaps(), *self._questions())
        title = self.say("Country-entry brief: {countries}", countries=countries)
        stamp = stamped(self.wording, self.found.as_of, self.found.known_on, self.found.register_version, self.version)
        return framed(self.wording, title, self.found.profile, stamp, blocks, self.entries.references, NOTICE)

    def _countries(self) -> tuple[str, ...]:
        return tuple(gap.target for gap in self.gaps) or self.found.jurisdictions

    def _of(self, *sorts: Sort) -> list[Finding]:
        return sorted((one for one in self.found.findings if sort_of(one) in sorts), key=order)

    def _binding(self) -> list[Finding]:
        return [one for one in self._of("to_do") if one.provision.force == "mandatory"]

    def _recommended(self) -> list[Finding]:
        return [one for one in self._of("to_do") if one.provision.force != "mandatory"]

    def _ahead(self) -> list[Finding]:
        """What is coming, and what is coming if a missing fact says so."""
        return [*self._of("coming"), *(one for one in self._of(*OPEN) if one.phase in ("coming", "proposed"))]

    def _open(self) -> list[Finding]:
        return [one for one in self._of(*OPEN) if one.phase not in ("coming", "proposed")]

    # -- the answer in one page

    def _answer(self) -> Iterator[Block]:
        yield Heading(1, self.say("The answer in one page"))
        numbers = {
            "binding": len(self._binding()),
            "recommended": len(self._recommended()),
            "money": len(self._of("money", "opportunities")),
            "coming": len(self._ahead()),
            "open": len(self._open()),
        }
        yield Text(" · ".join(self.say(text, number=numbers[key]) for key, text in COUNTED), "lead")
        if self.imagined:
            yield Text(imagined_text(self.imagined, self.wording), "loud")
        yield Text(self.say(NOT_COVERED), "quiet")
        for code in self._countries():
            yield from self._country(code)

    def _country(self, code: str) -> Iterator[Block]:
        first = [one for one in sorted(self._binding(), key=self._weight) if one.jurisdiction == code][:FIRST]
        yield Heading(2, self.wording.country(code))
        yield Text(self._searched(code), "quiet")
        if code in self.found.nowhere:
            yield Text(self.say("Nothing of yours is stated to be there."), "loud")
        if first:
            yield Bullets(tuple(self._in_brief(one) for one in first))

    def _weight(self, one: Finding) -> tuple[bool, bool, int]:
        """Dated first, then what is fined, then what turned on most facts."""
        dated = any(answer.name == DUE and answer.span.low is not None for answer in one.answers)
        fined = (one.subject, one.address) in self.penalties
        return not dated, not fined, -len(one.provision.applies_when or "")

    def _searched(self, code: str) -> str:
        coverage = self.wording.register.coverage.get(code)
        states = Counter(entry.state for entry in coverage.topics.values()) if coverage else Counter[str]()
        days = [last_day(one.review.sources_until) for one in self.wording.register.instruments.values()
                if one.jurisdiction == code and one.review]  # fmt: skip
        text = self.say(
            "Searched: {covered} topics covered, {partial} in part, {none} without result; newest source of {day}.",
            covered=states["covered"], partial=states["partial"], none=states["none_found"],
            day=self.wording.day(max(days)) if days else "–",
        )  # fmt: skip
        return text

    def _in_brief(self, one: Finding) -> str:
        entry = self.entries.entry(one)
        figures = "; ".join(f"{figure.label} {figure.text}" for figure in entry.figures[:2])
        return entry.title + (f": {figures}" if figures else "") + f" ({entry.subject})" * bool(entry.subject)

    # -- tables

    def _to_do(self) -> Iterator[Block]:
        heads = (mark("What"), mark("Where, who"), mark("Due, figures, in force since"), mark("If missed"))
        if those := self._binding():
            yield Heading(1, self.say("To do, by date"))
            yield from self._table(those, heads)
        if those := self._recommended():
            yield Heading(1, self.say("Recommended, or comply or explain"))
            yield from self._table(those, heads)

    def _table(self, those: Iterable[Finding], headers: tuple[str, ...]) -> Iterator[Block]:
        rows = tuple(dict.fromkeys(self._row(one) for one in those))
        yield Table(tuple(self.say(header) for header in headers), rows, (30, 18, 29, 23))

    def _row(self, one: Finding) -> tuple[str, ...]:
        missed = self.penalties.get((one.subject, one.address), [])
        entry = self.entries.entry(one, missed)
        what = "\n".join(part for part in (entry.title, entry.summary, self._asks(one), "; ".join(entry.loud)) if part)
        where = "\n".join(
            part
            for part in (
                self.wording.country(one.jurisdiction),
                entry.subject,
                self._kind(one),
                one.provision.authority or "",
            )
            if part
        )
        return what, where, _figures(entry.figures) or self._dates(one), _figures(entry.if_missed)

    def _kind(self, one: Finding) -> str:
        kind, force = self.say(KINDS[one.provision.kind]), one.provision.force
        return kind if force == "mandatory" else f"{kind} · {self.say(FORCES[force])}"

    def _asks(self, one: Finding) -> str:
        """The things that it asks for, by name."""
        asks = self.wording.vocabulary.asks
        named = ", ".join(self.wording.of(asks[ask].label) for ask in one.provision.asks if ask in asks)
        return self.say("Asks for: {things}", things=named) if named else ""

    def _dates(self, one: Finding) -> str:
        if one.start.point and one.start.low is not None:
            return self.say("from {day}", day=self.wording.day(int(one.start.low)))
        return self.say(PHASES[one.phase])

    def _money(self) -> Iterator[Block]:
        those = self._of("money", "opportunities")
        if those:
            yield Heading(1, self.say("Money: what it costs, what it is worth"))
            yield from self._table(those, (mark("What"), mark("Where, who"), mark("How much"), mark("If missed")))

    def _coming(self) -> Iterator[Block]:
        those = self._ahead()
        if those:
            yield Heading(1, self.say("Coming and announced"))
            rows = tuple(dict.fromkeys(self._coming_row(one) for one in those))
            heads = (self.say("What"), self.say("Where, who"), self.say("From when, how much"))
            yield Table(heads, rows, (42, 24, 34))

    def _coming_row(self, one: Finding) -> tuple[str, ...]:
        entry = self.entries.entry(one)
        what = "\n".join(part for part in (entry.title, entry.summary, "; ".join(entry.loud)) if part)
        where = "\n".join(part for part in (self.wording.country(one.jurisdiction), entry.subject) if part)
        needs = self.say("if: {facts}", facts=self._needs(one)) if one.verdict == "unknown" else ""
        return what, where, "\n".join(part for part in (self._dates(one), _figures(entry.figures), needs) if part)

    # -- gap, questions, sources

    def _gaps(self) -> Iterator[Block]:
        for one in self.gaps:
            yield from gap_blocks(one, self.wording, self.entries.references)

    def _questions(self) -> Iterator[Block]:
        those = self._open()
        if not those:
            return
        yield Heading(1, self.say("Open questions"))
        yield Text(self.say("Each answer below settles rules that cannot be judged yet; the first settle most."))
        total = len(those)
        asked = self.found.questions[:MOST_QUESTIONS]
        yield Bullets(tuple(question_line(one, total, self.wording) for one in asked))
        waiting = tuple(dict.fromkeys((self.entries.entry(one).title, self.wording.country(one.jurisdiction),
                                       self._needs(one)) for one in those))  # fmt: skip
        yield Heading(2, self.say("What waits, and for which facts"))
        yield Table(
            (self.say("Rule"), self.say("Country"), self.say("Facts that would settle it")), waiting, (45, 15, 40)
        )

    def _needs(self, one: Finding) -> str:
        return needed(one, self.wording) or self.say("the sources do not say")


def _figures(figures: Sequence[Figure]) -> str:
    return "\n".join(figure.line for figure in figures)
