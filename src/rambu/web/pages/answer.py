"""The answer: to do by date, money, coming, cannot tell with the question inside, does not apply folded."""

from collections.abc import Iterator

from rambu.assess import Finding
from rambu.publish.answer import order
from rambu.publish.entries import Entries
from rambu.publish.page import Entry, Figure
from rambu.publish.sorting import OPEN, Sort, sort_of
from rambu.publish.sorting import tally as tally_of
from rambu.publish.words import VERDICTS, mark
from rambu.web.headline import headline, tallies
from rambu.web.pages.assess import Turn, taken
from rambu.web.questions import question
from rambu.web.site import Site
from rambu.web.sources import source_list
from rambu.web.state import Pair, State, state_of
from rambu.web.told import told
from rambu.web.view import Asked, Elsewhere, Plain, Shown, said_day

SECTIONS: tuple[tuple[str, tuple[Sort, ...], str], ...] = (
    ("to_do", ("to_do",), mark("To do, by date")),
    ("money", ("money",), mark("Money")),
    ("opportunities", ("opportunities",), mark("Opportunities")),
    ("coming", ("coming",), mark("Coming and announced")),
    ("stopped", ("stopped",), mark("Suspended or used up")),
    ("status", ("status",), mark("What you count as")),
    ("targets", ("targets", "country"), mark("Targets and figures")),
    ("penalty", ("penalty",), mark("Other penalties")),
)
FIRST_QUESTIONS = 4
FOLDED = ("status", "targets", "penalty")


def view(site: Site, asked: Asked) -> Shown | Elsewhere:
    """What applies, on a day. Raises RambuError for a profile that cannot be read."""
    state = state_of(site, asked)
    turn = taken(state, asked)
    if not turn.state.data:
        return Elsewhere(asked.at("assess"))
    made = _Answer(turn, asked).data()
    return Shown("answer.html", made, status=422 if turn.errors else 200, hidden=turn.state.hidden(), index=False)


class _Answer:
    def __init__(self, turn: Turn, asked: Asked) -> None:
        self.turn, self.asked, self.words = turn, asked, asked.words
        self.state: State = turn.state
        self.found = turn.state.assessment
        self.entries = Entries(self.words)

    def data(self) -> Plain:
        """The page; the order fixes the numbers of the sources."""
        words, counted = self.words, tally_of(self.found.findings)
        sections = [section for name, sorts, title in SECTIONS if (section := self._section(name, sorts, title))]
        return {
            "title": headline(counted, words),
            "profile": self.found.profile if self.found.profile != "profile" else "",
            "told": told(self.state.data, self.state.site.register, words),
            "stamp": {"as_of": said_day(self.found.as_of, words), "known_on": said_day(self.found.known_on, words)},
            "tally": tallies(counted, words),
            "countries": [{"code": code, "name": words.country(code)} for code in self.countries()],
            "only": list(self.state.scope),
            "sections": sections,
            "open": self.open(),
            "refused": self.refused(),
            "ended": self.ended(),
            "notes": list(self.notes()),
            "problems": self.turn.problems,
            "sources": source_list(self.entries.references.all(), words),
        }

    def _of(self, *sorts: Sort) -> list[Finding]:
        return sorted((one for one in self.found.findings if sort_of(one) in sorts), key=order)

    def _section(self, name: str, sorts: tuple[Sort, ...], title: str) -> Plain | None:
        those = [one for one in self._of(*sorts) if name != "penalty" or not self._follows(one)]
        if not those:
            return None
        return {
            "id": name,
            "title": self.words.say(title),
            "number": len(those),
            "folded": name in FOLDED,
            "entries": list(self._entries(those)),
        }

    def _entries(self, those: list[Finding]) -> Iterator[Plain]:
        """Entries that differ in nothing but their subject stand once."""
        made: dict[str, Plain] = {}
        for found in those:
            entry = self._entry(found, self.entries.entry(found, self._penalties(found)))
            key = repr({name: part for name, part in entry.items() if name != "subjects"})
            if key in made:
                made[key]["subjects"] += entry["subjects"]
            else:
                made[key] = entry
        yield from made.values()

    def _entry(self, found: Finding, entry: Entry) -> Plain:
        return {
            "id": entry.address,
            "address": self.asked.at(f"rules/{found.address.file}/{found.address.name}"),
            "title": entry.title,
            "verdict": {"id": found.verdict, "text": self.words.say(VERDICTS[found.verdict])},
            "phase": found.phase,
            "kind": found.provision.kind,
            "force": found.provision.force,
            "country": self.words.country(found.jurisdiction),
            "subjects": [entry.subject] if entry.subject else [],
            "tags": list(entry.tags),
            "loud": list(entry.loud),
            "summary": entry.summary,
            "figures": [_figure(figure) for figure in entry.figures],
            "if_missed": [_figure(figure) for figure in entry.if_missed],
            "because": self._because(found),
        }

    def _because(self, found: Finding) -> list[list[object]]:
        """Fact by fact; what holds for a whole country needs no reason but the country."""
        if found.subject_kind == "country":
            return []
        return [[line.depth, line.mark, line.text] for line in self.entries.explainer.lines(found.reason)]

    def _follows(self, penalty: Finding) -> bool:
        return any(
            found.subject == penalty.subject
            and found.address.file == penalty.address.file
            and found.address.name == penalty.provision.penalty_for
            for found in self.found.findings
        )

    def _penalties(self, duty: Finding) -> list[Finding]:
        return [
            found
            for found in self.found.findings
            if sort_of(found) == "penalty"
            and (found.subject, found.address.file, found.provision.penalty_for)
            == (duty.subject, duty.address.file, duty.address.name)
        ]

    def countries(self) -> list[str]:
        """Where the profile is, whichever country is shown."""
        placed = {one.jurisdiction for one in self.state.profile.all_subjects() if one.jurisdiction}
        return sorted(placed, key=self.words.country)

    # -- what is open

    def open(self) -> Plain:
        """The first questions with what waits for them, and everything that is open by what it needs."""
        those = self._of(*OPEN)
        questions = [self._question(number, pair) for number, pair in enumerate(self._asked())]
        waits: dict[str, list[Plain]] = {}
        for found in those:
            needs = ", ".join(sorted({self.words.fact(fact) for _, fact in found.missing}))
            waits.setdefault(needs, []).append(self._brief(found))
        groups = [{"needs": needs, "entries": merged(entries)} for needs, entries in waits.items()]
        return {
            "number": len(those),
            "questions": questions,
            "groups": groups,
            "left": max(len(self.found.questions) - len(questions), 0),
        }

    def _asked(self) -> list[Pair]:
        pairs = [(one.subject, one.fact) for one in self.found.questions]
        return [pair for pair in pairs if pair not in self.state.passed][:FIRST_QUESTIONS]

    def _question(self, number: int, pair: Pair) -> Plain:
        below = self.turn.below if pair == self.turn.focus else ""
        made = question(self.state, *pair, self.words, "q0", below)
        waiting = [self.words.of(one.provision.title) for one in self.found.findings if pair in one.missing]
        return {**made, "id": f"q{number}", "waiting": list(dict.fromkeys(waiting))[:4]}

    def _brief(self, found: Finding) -> Plain:
        return {
            "id": str(found.address),
            "address": self.asked.at(f"rules/{found.address.file}/{found.address.name}"),
            "title": self.words.of(found.provision.title),
            "country": self.words.country(found.jurisdiction),
            "subjects": [self.words.subject_named(found.subject)] if found.subject_kind != "country" else [],
        }

    # -- what does not apply

    def refused(self) -> list[Plain]:
        """What does not apply, each with the fact that decided it."""
        made = []
        for found in self._of("not"):
            lines = self.entries.explainer.lines(found.reason)
            deciding = next((line.text for line in reversed(lines) if line.mark == "✕"), "")
            made.append({**self._brief(found), "because": deciding})
        return merged(made)

    def ended(self) -> list[Plain]:
        """What has ended or never started."""
        return merged([self._brief(found) for found in self._of("ended")])

    # -- what must be said besides

    def notes(self) -> Iterator[Plain]:
        """Assumptions, subjects without a place, announcements after the day of knowledge."""
        words = self.words
        assumed: dict[tuple[str, str], list[str]] = {}
        for one in self.found.assumptions:
            assumed.setdefault((one.fact, one.value), []).append(words.subject_named(one.subject))
        lines = [
            f"{words.fact(fact)}: {words.given_text(value)} ({', '.join(names)})"
            for (fact, value), names in assumed.items()
        ]
        yield {"title": words.say("Assumed, because the profile does not say"), "lines": lines}
        yield {
            "title": words.say("Without a place, and so judged nowhere"),
            "lines": [words.subject_named(name) for name in self.found.placeless],
        }
        nowhere = [words.country(code) for code in self.found.nowhere]
        yield {
            "title": words.say("Nothing of yours is stated to be there: only what is the same for everybody is shown."),
            "lines": nowhere,
        }


def merged(entries: list[Plain]) -> list[Plain]:
    """Entries that differ in nothing but their subjects, as one."""
    made: dict[str, Plain] = {}
    for entry in entries:
        key = repr({name: part for name, part in entry.items() if name != "subjects"})
        if key in made:
            made[key] = {**made[key], "subjects": [*made[key]["subjects"], *entry["subjects"]]}
        else:
            made[key] = entry
    return list(made.values())


def _figure(figure: Figure) -> Plain:
    return {"label": figure.label, "text": figure.text, "notes": list(figure.notes)}
