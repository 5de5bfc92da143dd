"""A finding -> an entry of the page: tags, figures with references, what it costs to miss it, what it waits for."""

from collections.abc import Iterable, Iterator

from rambu.assess import Answer, Finding
from rambu.expressions.span import Span
from rambu.publish.because import Explainer
from rambu.publish.page import Entry, Figure
from rambu.publish.references import References
from rambu.publish.sorting import OPEN, sort_of
from rambu.publish.wording import Wording
from rambu.publish.words import CONFIDENCE, FORCES, KINDS, PHASES, mark

SHAPES = {"mandatory": "■", "comply_or_explain": "◩", "voluntary": "□"}
SHORT = (*OPEN, "country")
DUE = "due"


class Entries:
    """Turns findings into entries, citing sources as they come."""

    def __init__(self, wording: Wording, why: bool = False, references: References | None = None) -> None:
        self.wording, self.say, self.why = wording, wording.say, why
        self.references = references or References(wording)
        self.explainer = Explainer(wording, self.references)

    def entry(self, found: Finding, penalties: Iterable[Finding] = ()) -> Entry:
        """The entry of one finding; short where nothing is to be done about it yet."""
        provision, sort = found.provision, sort_of(found)
        short = sort in SHORT and not self.why
        return Entry(
            address=str(found.address),
            mark="?" if sort in OPEN else SHAPES[provision.force],
            title=self.wording.of(provision.title) + self._own_reference(found),
            subject="" if found.subject_kind == "country" else self.wording.subject(found.subject, found.subject_kind),
            tags=tuple(self._tags(found, short)),
            loud=tuple(self._loud(found)),
            summary="" if short else self.wording.of(provision.summary),
            figures=tuple(self._figures(found)),
            if_missed=() if short else tuple(self._penalties(penalties)),
            needs=self._needs(found),
            because=self.explainer.lines(found.reason) if self.why else (),
            short=short,
        )

    def _own_reference(self, found: Finding) -> str:
        return self.references.of_provision(self.wording.register, found.address)

    def _tags(self, found: Finding, short: bool) -> Iterator[str]:
        yield self.say(KINDS[found.provision.kind])
        if found.provision.force != "mandatory":
            yield self.say(FORCES[found.provision.force])
        if found.provision.authority and not short:
            yield found.provision.authority
        if not short or found.phase != "in_force":
            yield from self._dates(found)

    def _dates(self, found: Finding) -> Iterator[str]:
        """First and last day, as far as they say something."""
        if found.start.point and found.start.low is not None:
            yield self.say("from {day}", day=self.wording.day(int(found.start.low)))
        elif found.start.exists and (found.start.low, found.start.high) != (None, None):
            word = mark("began {day}") if found.phase in ("in_force", "ended") else mark("begins {day}")
            yield self.say(word, day=self.wording.span(found.start, "date"))
        elif found.phase in ("coming", "proposed"):
            yield self.say("begins on a day not yet fixed")
        if found.end.exists is not False and (found.end.low, found.end.high) != (None, None):
            yield self.say("until {day}", day=self.wording.span(found.end, "date"))

    def _loud(self, found: Finding) -> Iterator[str]:
        """What nobody may overlook."""
        if found.phase == "proposed":
            yield self.say("PROPOSED: a draft, not law")
        elif found.phase not in ("in_force", "unknown") and sort_of(found) != "coming":
            yield self.say(PHASES[found.phase])
        if found.phase == "unknown":
            yield self.say("from when it holds is not known")
        if found.overridden:
            yield self.say("displaced by another rule")
        if found.provision.confidence != "confirmed":
            yield self.say(CONFIDENCE[found.provision.confidence])
        if found.announced_since:
            days = ", ".join(self.wording.written_day(day) for day in found.announced_since)
            yield self.say("announced since: {days}", days=days)

    # -- figures

    def _figures(self, found: Finding) -> Iterator[Figure]:
        answers = {answer.name: answer for answer in found.answers if self._is_answer(answer.name)}
        for name in sorted(answers, key=lambda name: not name.startswith(DUE)):
            stem, _, tail = name.rpartition("_")
            if tail == "high" and f"{stem}_low" in answers:
                continue
            pair = answers.get(f"{stem}_high") if tail == "low" else None
            yield self._pair(stem, answers[name], pair, found) if pair else self._figure(answers[name], found)
        for period in found.periods:
            text = self.wording.span(period.due, "date")
            label = self.say("Due for the financial year to {day}", day=self.wording.day(period.end))
            yield Figure(label, text + self._cite(next(answer for answer in found.answers if answer.name == DUE)))

    def _is_answer(self, name: str) -> bool:
        measures = self.wording.vocabulary.measures
        return (
            self.why or name in measures or name.removesuffix("_low").removesuffix("_high") in measures or name == DUE
        )

    def _figure(self, answer: Answer, found: Finding) -> Figure:
        if answer.by_year:
            text = "; ".join(f"{year}: {self.value(answer, span)}" for year, span in answer.by_year)
        else:
            text = self.value(answer, answer.span)
        return Figure(self.wording.measure(answer.name), text + self._cite(answer), tuple(self._notes(answer, found)))

    def _pair(self, stem: str, low: Answer, high: Answer, found: Finding) -> Figure:
        """A range that the law itself gives."""
        if low.by_year:
            ends = dict(high.by_year)
            text = "; ".join(
                f"{year}: {self._to(low, span, high, ends[year])}" for year, span in low.by_year if year in ends
            )
        else:
            text = self._to(low, low.span, high, high.span)
        cited = self._cite(low)
        other = self._cite(high)
        return Figure(self.wording.measure(stem), text + cited + (other if other != cited else ""),
                      tuple(dict.fromkeys([*self._notes(low, found), *self._notes(high, found)])))  # fmt: skip

    def _to(self, low: Answer, first: Span, high: Answer, last: Span) -> str:
        if first == last:
            return self.value(high, last)
        return self.say(
            "{low} to {high}", low=self.value(low, first, bound=False), high=self.value(high, last, bound=False)
        )

    def value(self, answer: Answer, span: Span, bound: bool = True) -> str:
        """A value in words, with its at least or up to if `bound`; what is not known says why it is not."""
        open_word = self.say("unknown: facts are missing") if answer.missing or answer.value.node is None else ""
        return self.wording.span(span, answer.value.unit, answer.value.sense if bound else None, open_word)

    def _cite(self, answer: Answer) -> str:
        return self.references.cite(answer.source, answer.locator)

    def _notes(self, answer: Answer, found: Finding) -> Iterator[str]:
        if answer.since is not None:
            yield self.say("since {day}", day=self.wording.day(answer.since))
        if answer.value.confidence and answer.value.confidence != "confirmed":
            yield self.say(CONFIDENCE[answer.value.confidence])
        if answer.value.printed:
            yield self.say("printed as {text}", text=answer.value.printed)
        if answer.value.note:
            yield self.wording.note(answer.value.note, found.address.file)
        if answer.missing and not answer.span.point:
            yield self.say("depends on: {facts}", facts=self.wording.all_lacking(answer.missing))

    def _penalties(self, penalties: Iterable[Finding]) -> Iterator[Figure]:
        for found in penalties:
            figures = list(self._figures(found))
            title = self.wording.of(found.provision.title) + ("" if figures else self._own_reference(found))
            yield Figure(title, "; ".join(_in_line(figure) for figure in figures))

    # -- what is missing

    def _needs(self, found: Finding) -> str:
        if sort_of(found) not in OPEN or not found.missing:
            return ""
        return self.say("needs: {facts}", facts=needed(found, self.wording))


def needed(found: Finding, wording: Wording) -> str:
    """The facts that a finding waits for, with the years of which they are asked."""
    years = found.reason.asked_years() if found.reason is not None else {}
    names: dict[str, set[int]] = {}
    for subject, fact in found.missing:
        names.setdefault(wording.lacking(subject, fact), set()).update(years.get((subject, fact), ()))
    return ", ".join(
        f"{name} ({', '.join(map(str, sorted(asked)))})" if asked else name for name, asked in sorted(names.items())
    )


def _in_line(figure: Figure) -> str:
    notes = f" ({'; '.join(figure.notes)})" if figure.notes else ""
    return f"{figure.label} {figure.text}{notes}"
