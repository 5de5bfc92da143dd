"""The country-entry brief of one profile: the answer on one page, to do by date, money, gap, questions, sources."""

from collections.abc import Iterable, Iterator, Sequence

from rambu.assess import Assessment, Finding
from rambu.gap import Gap
from rambu.publish.answer import duty_of, order, question_line
from rambu.publish.document.blocks import Block, Bullets, Document, Heading, Sources, Table, Text
from rambu.publish.entries import Entries
from rambu.publish.gap import gap_blocks
from rambu.publish.page import Figure
from rambu.publish.sorting import OPEN, Sort, sort_of
from rambu.publish.wording import Wording
from rambu.publish.words import KINDS, PHASES, mark

FIRST = 6  # things on the page that answers
MOST_QUESTIONS = 20
COUNTED: tuple[tuple[str, tuple[Sort, ...]], ...] = (
    (mark("{number} things to do"), ("to_do",)),
    (mark("{number} about money"), ("money", "opportunities")),
    (mark("{number} coming"), ("coming",)),
    (mark("{number} still open"), OPEN),
)
NOTICE = mark("This is information with its sources, not legal advice. Have it confirmed before you act on it.")


class Brief:
    """Builds the document of one assessment, with the gap to each country that is entered."""

    def __init__(self, found: Assessment, gaps: Sequence[Gap], wording: Wording, version: str) -> None:
        self.found, self.gaps, self.version = found, gaps, version
        self.wording, self.say = wording, wording.say
        self.entries = Entries(wording)
        self.penalties: dict[object, list[Finding]] = {}
        for one in found.findings:
            if sort_of(one) == "penalty" and (duty := duty_of(one)) is not None:
                self.penalties.setdefault(duty, []).append(one)

    def document(self) -> Document:
        """The whole brief."""
        countries = ", ".join(self.wording.country(code) for code in self._countries())
        blocks = (*self._answer(), *self._to_do(), *self._money(), *self._coming(), *self._gaps(), *self._open(),
                  *self._sources())  # fmt: skip
        return Document(
            title=self.say("Country-entry brief: {countries}", countries=countries),
            subtitle=self.found.profile,
            stamp=tuple(self._stamp()),
            language=self.wording.language,
            blocks=blocks,
            notice=self.say(NOTICE),
            contents=self.say("Contents"),
        )

    def _countries(self) -> tuple[str, ...]:
        return tuple(gap.target for gap in self.gaps) or self.found.jurisdictions

    def _stamp(self) -> Iterator[str]:
        yield self.say("As of {day}", day=self.wording.day(self.found.as_of))
        yield self.say("As known on {day}", day=self.wording.day(self.found.known_on))
        yield self.say("Register {register} · Rambu {version}", register=self.found.register_version,
                       version=self.version)  # fmt: skip

    def _of(self, *sorts: Sort) -> list[Finding]:
        return sorted((one for one in self.found.findings if sort_of(one) in sorts), key=order)

    # -- the answer in one page

    def _answer(self) -> Iterator[Block]:
        yield Heading(1, self.say("The answer in one page"))
        counted = [(text, len(self._of(*sorts))) for text, sorts in COUNTED]
        yield Text(" · ".join(self.say(text, number=number) for text, number in counted), "lead")
        for code in self.found.jurisdictions:
            yield from self._country(code)

    def _country(self, code: str) -> Iterator[Block]:
        here = [one for one in self.found.findings if one.jurisdiction == code]
        if code in self.found.nowhere:
            yield Text(
                self.say("{country}: nothing of yours is stated to be there.", country=self.wording.country(code)),
                "loud",
            )
        first = sorted((one for one in here if sort_of(one) in ("to_do", "money")), key=order)[:FIRST]
        if not first:
            return
        yield Heading(2, self.wording.country(code))
        yield Bullets(tuple(self._in_brief(one) for one in first))

    def _in_brief(self, one: Finding) -> str:
        entry = self.entries.entry(one)
        figures = "; ".join(f"{figure.label} {figure.text}" for figure in entry.figures[:2])
        return entry.title + (f": {figures}" if figures else "") + f" ({entry.subject})" * bool(entry.subject)

    # -- tables

    def _to_do(self) -> Iterator[Block]:
        those = self._of("to_do")
        if those:
            yield Heading(1, self.say("To do, by date"))
            yield from self._table(
                those, (mark("What"), mark("Where, who"), mark("By when, how much"), mark("If missed"))
            )

    def _table(self, those: Iterable[Finding], headers: tuple[str, ...]) -> Iterator[Block]:
        rows = tuple(dict.fromkeys(self._row(one) for one in those))
        yield Table(tuple(self.say(header) for header in headers), rows, (30, 18, 29, 23))

    def _row(self, one: Finding) -> tuple[str, ...]:
        missed = self.penalties.get((one.subject, one.address), [])
        entry = self.entries.entry(one, missed)
        what = "\n".join(part for part in (entry.title, entry.summary, "; ".join(entry.loud)) if part)
        where = "\n".join(
            part
            for part in (
                self.wording.country(one.jurisdiction),
                entry.subject,
                self.say(KINDS[one.provision.kind]),
                one.provision.authority or "",
            )
            if part
        )
        return what, where, _figures(entry.figures) or self._dates(one), _figures(entry.if_missed)

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
        those = self._of("coming")
        if those:
            yield Heading(1, self.say("Coming and announced"))
            rows = tuple(dict.fromkeys(self._coming_row(one) for one in those))
            heads = (self.say("What"), self.say("Where, who"), self.say("From when, how much"))
            yield Table(heads, rows, (42, 24, 34))

    def _coming_row(self, one: Finding) -> tuple[str, ...]:
        entry = self.entries.entry(one)
        what = "\n".join(part for part in (entry.title, entry.summary, "; ".join(entry.loud)) if part)
        where = "\n".join(part for part in (self.wording.country(one.jurisdiction), entry.subject) if part)
        return what, where, "\n".join(part for part in (self._dates(one), _figures(entry.figures)) if part)

    # -- gap, questions, sources

    def _gaps(self) -> Iterator[Block]:
        for one in self.gaps:
            yield from gap_blocks(one, self.wording, self.entries.references)

    def _open(self) -> Iterator[Block]:
        those = self._of(*OPEN)
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
        facts = sorted({self.wording.fact(fact) for _, fact in one.missing})
        return "; ".join(facts) or self.say("the sources do not say")

    def _sources(self) -> Iterator[Block]:
        if cited := self.entries.references.all():
            yield Heading(1, self.say("Sources"))
            yield Sources(cited)


def _figures(figures: Sequence[Figure]) -> str:
    return "\n".join(
        f"{figure.label}: {figure.text}" + (f" ({'; '.join(figure.notes)})" if figure.notes else "")
        for figure in figures
    )
