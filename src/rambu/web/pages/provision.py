"""One provision: its values over time, whom it asks what, the same topic elsewhere, history, cases, sources."""

import re
from collections.abc import Iterator
from datetime import date

from rambu.compare import Row
from rambu.model.instrument import Instrument, Provision
from rambu.model.value import Node
from rambu.publish.because import Explainer
from rambu.publish.references import References
from rambu.publish.trees import Trees
from rambu.publish.words import CONFIDENCE, SENSES, SUBJECTS, mark
from rambu.register import Address
from rambu.web.cells import legend
from rambu.web.chart import step_chart, steps_of
from rambu.web.pages.instrument import found, head, history
from rambu.web.rows import row
from rambu.web.site import Site
from rambu.web.sources import source_list
from rambu.web.view import Asked, Elsewhere, NotFoundError, Plain, Shown
from rambu.web.when import stamp, when

MOST_CASES = 12
RANGE = re.compile(r"(?<=\d)\.\.(?=-?\d)")
ASKABLE = ("company", "site", "vehicle", "project", "product", "person", "charger")
OVER = ("ended", "never")


def view(site: Site, asked: Asked) -> Shown | Elsewhere:
    """A provision on a day. Raises NotFoundError, RambuError."""
    instrument, moved = found(site, asked)
    name = asked.parts["name"]
    provision = instrument.provisions.get(name)
    if provision is None:
        raise NotFoundError
    if moved:
        return Elsewhere(asked.at(f"rules/{instrument.id}/{name}"))
    as_of, known_on = when(site, asked)
    return Shown("provision.html", _Page(site, asked, instrument, name, as_of, known_on).data())


class _Page:
    def __init__(
        self, site: Site, asked: Asked, instrument: Instrument, name: str, as_of: date, known_on: date
    ) -> None:
        self.site, self.asked, self.words = site, asked, asked.words
        self.instrument, self.address = instrument, Address(instrument.id, name)
        self.provision: Provision = instrument.provisions[name]
        self.as_of, self.known_on = as_of, known_on
        self.references, self.trees = References(self.words), Trees(self.words)
        self.row: Row = site.days.row(self.address, as_of, known_on)

    def data(self) -> Plain:
        """Everything on the page; the order fixes the numbers of the sources."""
        provision, words = self.provision, self.words
        own = self.references.of_provision(self.site.register, self.address)
        return {
            "instrument": head(self.instrument, self.asked),
            **row(self.row, self.asked),
            "reference": own,
            "name": self.address.name,
            "subject": {
                "id": provision.subject,
                "text": words.say(SUBJECTS[provision.subject]),
                "askable": provision.subject in ASKABLE,
            },
            "authority": provision.authority or "",
            "stamp": stamp(self.site, self.asked, self.as_of, self.known_on),
            "topics": [
                {"id": name, "label": words.topic(name), "address": self.asked.at(f"topics/{name}")}
                for name in self.instrument.topics_of(self.address.name)
            ],
            "values": list(self.values()),
            "applies_when": provision.applies_when or "",
            "unless": provision.unless or "",
            "penalty_for": provision.penalty_for or "",
            "conditions": self.conditions(),
            "elsewhere": list(self.elsewhere()),
            "states": legend(words),
            "history": history(self.instrument, self.asked, self.references),
            "cases": self.cases(),
            "sources": source_list(self.references.all(), words),
        }

    # -- values

    def values(self) -> Iterator[Plain]:
        for label, tree in (
            (mark("In force from"), self.provision.starts),
            (mark("In force until"), self.provision.until),
        ):
            if tree is not None:
                rows = list(self._rows(tree, "date", None))
                yield {
                    "name": label,
                    "label": self.words.say(label),
                    "unit": "date",
                    "reference": "",
                    "chart": None,
                    "rows": rows,
                    "notes": [],
                }
        for name in self.provision.values:
            yield self._value(name)

    def _value(self, name: str) -> Plain:
        value, words = self.provision.values[name], self.words
        end = date.fromordinal(int(self.row.end.low)) if self.row.end.exists and self.row.end.low is not None else None
        notes = [words.note(value.note, self.address.file)]
        if value.printed:
            notes.append(words.say("printed as {text}", text=value.printed))
        if value.confidence and value.confidence != "confirmed":
            notes.append(words.say(CONFIDENCE[value.confidence]))
        return {
            "name": name,
            "label": words.measure(name),
            "unit": value.unit,
            "reference": self.references.of_value(self.site.register, self.address, name),
            "chart": step_chart(steps_of(value.node, self.known_on), value.unit, self.as_of, end, words),
            "rows": [] if value.node is None else list(self._rows(value.node, value.unit, value.sense)),
            "notes": [note for note in notes if note],
        }

    def _rows(self, tree: Node, unit: str, sense: str | None) -> Iterator[Plain]:
        none = self.words.say("none")
        for one in self.trees.rows(tree, unit):
            leaf = RANGE.sub(" – ", one.leaf)
            bound = self.words.say(SENSES[sense], value=leaf) if sense and leaf != none else leaf
            yield {"way": [list(step) for step in one.way], "leaf": bound}

    # -- whom it concerns

    def conditions(self) -> list[Plain]:
        """Fact by fact, for somebody there of whom nothing is known."""
        explainer = Explainer(self.words, self.references)
        reason = self.site.days.reason(self.address, self.as_of, self.known_on)
        return [{"depth": line.depth, "mark": line.mark, "text": line.text} for line in explainer.lines(reason)]

    # -- elsewhere

    def elsewhere(self) -> Iterator[Plain]:
        """The first topic in the other countries: state, and the figures of the same kind of provision."""
        topic = self.instrument.topics_of(self.address.name)[0]
        board = self.site.days.board(self.as_of, self.known_on)
        for code in self.site.countries:
            if code == self.instrument.jurisdiction:
                continue
            cell = board[topic, code]
            rows = [one for one in self.site.days.rows(topic, code, self.as_of, self.known_on) if self._alike(one)]
            yield {
                "country": {"code": code, "name": self.words.country(code)},
                "state": cell.state,
                "changing": cell.changing,
                "address": self.asked.at(f"topics/{topic}") + f"#{code}",
                "rules": [self._brief(one) for one in rows[:3]],
            }

    def _alike(self, other: Row) -> bool:
        return other.provision.kind == self.provision.kind and other.phase not in OVER

    def _brief(self, other: Row) -> Plain:
        told = row(other, self.asked)
        charts = [
            step_chart(steps_of(value.node, self.known_on), value.unit, self.as_of, None, self.words)
            for name, value in other.provision.values.items()
            if name in self.provision.values and self.provision.values[name].unit == value.unit
        ]
        chart = next((chart for chart in charts if chart), None)
        return {"title": told["title"], "address": told["address"], "figures": told["figures"][:2], "chart": chart}

    # -- cases

    def cases(self) -> Plain:
        """Worked examples that speak of this provision."""
        files = [file for file in self.site.register.cases if file.instrument == self.instrument.id]
        those = [case for file in files for case in file.cases if self.address.name in case.expect]
        return {"number": len(those), "names": [case.name for case in those[:MOST_CASES]]}
