"""`rambu show`: an instrument or one of its provisions: values over time, history, sources, cases, practices."""

from collections.abc import Iterator

from rambu.model.case import Practice
from rambu.model.instrument import Instrument, Provision
from rambu.model.value import Node
from rambu.publish.layout import Line, line
from rambu.publish.references import References
from rambu.publish.trees import Trees
from rambu.publish.wording import Wording
from rambu.publish.words import CONFIDENCE, EVENTS, FORCES, INSTRUMENTS, KINDS, SENSES, SUBJECTS, mark
from rambu.register import Address, Register

HEAD, QUIET, PLAIN = "head", "quiet", ""


def instrument_lines(instrument: Instrument, name: str, register: Register, wording: Wording) -> Iterator[Line]:
    """The whole instrument, or of its provisions only the one that is named."""
    return _Shower(instrument, register, wording).lines([name] if name else list(instrument.provisions))


class _Shower:
    def __init__(self, instrument: Instrument, register: Register, wording: Wording) -> None:
        self.instrument, self.register = instrument, register
        self.wording, self.say = wording, wording.say
        self.references, self.trees = References(wording), Trees(wording)

    def lines(self, names: list[str]) -> Iterator[Line]:
        yield from self._head()
        for name in names:
            yield from self._provision(name)
        yield from self._history()
        yield from self._sources()
        yield from self._around()

    def _head(self) -> Iterator[Line]:
        instrument = self.instrument
        for number, title in enumerate(dict.fromkeys(instrument.title.values())):
            yield line(0, title, PLAIN if number else HEAD)
        parts = [
            instrument.id,
            self.say(INSTRUMENTS[instrument.kind]),
            self.wording.country(instrument.jurisdiction),
            instrument.issuer or "",
        ]
        yield line(0, " · ".join(part for part in parts if part), QUIET)
        if self._draft:
            yield line(0, self.say("PROPOSED: a draft, not law"), "loud")
        yield line(0, ", ".join(self.wording.topic(topic) for topic in instrument.topics), QUIET)
        if instrument.summary:
            yield line(0, self.wording.of(instrument.summary))

    @property
    def _draft(self) -> bool:
        return not any(event.event in ("adopted", "promulgated", "in_force") for event in self.instrument.history)

    def _provision(self, name: str) -> Iterator[Line]:
        provision = self.instrument.provisions[name]
        cited = self.references.of_provision(self.register, Address(self.instrument.id, name))
        yield from self._heading(self.wording.of(provision.title) + cited)
        tags = [
            name,
            self.say(KINDS[provision.kind]),
            self.say(SUBJECTS[provision.subject]),
            self.say(FORCES[provision.force]),
        ]
        if provision.confidence != "confirmed":
            tags.append(self.say(CONFIDENCE[provision.confidence]))
        yield line(2, " · ".join([*tags, *([provision.authority] if provision.authority else [])]), QUIET)
        if provision.summary:
            yield line(2, self.wording.of(provision.summary))
        yield from self._conditions(provision)
        for label, tree in ((mark("from"), provision.starts), (mark("until"), provision.until)):
            if tree is not None:
                yield from self._tree(self.say(label), tree, "date", "")
        for value_name in provision.values:
            yield from self._value(name, value_name)

    def _conditions(self, provision: Provision) -> Iterator[Line]:
        words = {
            self.say("applies when"): provision.applies_when,
            self.say("unless"): provision.unless,
            self.say("penalty for"): provision.penalty_for,
            self.say("displaces"): ", ".join(provision.overrides),
            self.say("asks for"): ", ".join(
                self.wording.of(self.wording.vocabulary.asks[ask].label)
                for ask in provision.asks
                if ask in self.wording.vocabulary.asks
            ),
        }
        for word, text in words.items():
            if text:
                yield line(2, f"{word}: {text}")

    def _value(self, provision: str, name: str) -> Iterator[Line]:
        value = self.instrument.provisions[provision].values[name]
        cited = self.references.of_value(self.register, Address(self.instrument.id, provision), name)
        label = self.wording.measure(name)
        if value.node is None:
            stated = self.say("only the subject can state it")
            yield line(2, f"{label}: {stated}{cited}")
            return
        notes = [self._note(value.note)]
        if value.printed:
            notes.append(self.say("printed as {text}", text=value.printed))
        if value.confidence and value.confidence != "confirmed":
            notes.append(self.say(CONFIDENCE[value.confidence]))
        shown = "; ".join(note for note in notes if note)
        yield from self._tree(label, value.node, value.unit, cited, value.sense)
        if shown:
            yield line(4, shown, QUIET)

    def _tree(self, label: str, node: Node, unit: str, cited: str, sense: str | None = None) -> Iterator[Line]:
        rows = list(self.trees.rows(node, unit))
        if len(rows) == 1 and not rows[0].way:
            yield line(2, f"{label}: {self._bound(rows[0].leaf, sense)}{cited}")
            return
        yield line(2, f"{label}:{cited}")
        for row in rows:
            way = "; ".join(f"{question} {answer}" for question, answer in row.way)
            yield line(4, f"{way}: {self._bound(row.leaf, sense)}")

    def _bound(self, leaf: str, sense: str | None) -> str:
        """A leaf with its at least, at most or up to."""
        return self.say(SENSES[sense], value=leaf) if sense and leaf != self.say("none") else leaf

    def _note(self, note: str | None) -> str:
        return self.wording.note(note, self.instrument.id)

    @staticmethod
    def _heading(text: str) -> Iterator[Line]:
        yield line(0, "")
        yield line(0, text, HEAD)

    def _history(self) -> Iterator[Line]:
        yield from self._heading(self.say("History"))
        for event in self.instrument.history:
            cited = self.references.cite(self.instrument.sources.get(event.source), event.locator)
            parts = [f"{self.wording.written_day(event.date)}: {self.say(EVENTS[event.event])}{cited}"]
            parts += [", ".join(event.provisions)] if event.provisions else []
            parts += (
                [self.say("announced {day}", day=self.wording.written_day(event.announced))] if event.announced else []
            )
            yield line(2, " · ".join([*parts, *([self._note(event.note)] if event.note else [])]))

    def _sources(self) -> Iterator[Line]:
        yield from self._heading(self.say("Sources"))
        for reference in self.references.all():
            source = reference.source
            read = self.say("read on {day}", day=self.wording.written_day(source.accessed))
            parts = [source.title, source.publisher, reference.kind, reference.locator or "", read]
            yield line(2, f"[{reference.number}] " + " · ".join(part for part in parts if part))
            yield line(6, source.url, QUIET)
        if self.instrument.review:
            day = self.wording.written_day(self.instrument.review.sources_until)
            yield line(2, self.say("The sources speak up to {day}.", day=day), QUIET)

    def _around(self) -> Iterator[Line]:
        count = sum(len(file.cases) for file in self.register.cases if file.instrument == self.instrument.id)
        if count:
            yield from self._heading(self.wording.many("{number} worked case", "{number} worked cases", count))
        practices = [practice for practice in self.register.practices if self._near(practice)]
        if practices:
            yield from self._heading(self.say("Done beyond the law"))
        for practice in practices:
            yield line(2, f"{practice.who}: {self.wording.of(practice.title)} ({practice.id})")

    def _near(self, practice: Practice) -> bool:
        same = practice.jurisdiction == self.instrument.jurisdiction
        return same and bool(set(practice.topics) & set(self.instrument.topics))
