"""The phase of a provision on a day: from its dates and the events of its history, and from nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rambu.expressions.span import NOTHING, UNKNOWN, Span, compare, exactly
from rambu.model.base import first_day, last_day
from rambu.model.case import Phase
from rambu.model.instrument import EventKind, Instrument

ADOPTING = ("adopted", "promulgated", "in_force")


@dataclass(frozen=True, slots=True)
class Step:
    """An event of the history as one provision sees it, with the day from which it was known."""

    event: EventKind
    first: date
    last: date
    known: date


class Life(NamedTuple):
    """Phase, first and last day (ordinals; `none` is never and no end), and the day on which values are read."""

    phase: Phase
    start: Span
    end: Span
    reading: Span


def life(steps: tuple[Step, ...], start: Span | None, end: Span | None, day: Span, known_on: date) -> Life:
    """Where in its life a provision stands on the clock's day, as known on a day."""
    known = [step for step in steps if step.known <= known_on]
    start = _entry(known) if start is None else start
    end = _end(known, NOTHING if end is None else end)
    phase = _phase(known, start, end, day)
    return Life(phase, start, end, _reading(phase, start, end, day))


def _entry(known: list[Step]) -> Span:
    """Without `from`: the first entry into force; failing that, some day unknown."""
    entries = [step for step in known if step.event == "in_force"]
    return Span(True, entries[0].first.toordinal(), entries[0].last.toordinal()) if entries else UNKNOWN


def _end(known: list[Step], end: Span) -> Span:
    """A repeal or withdrawal ends the day before it; an expiry is itself the last day."""
    ends = [end] if end.exists else []
    for step in known:
        if step.event in ("repealed", "withdrawn"):
            ends.append(Span(True, step.first.toordinal() - 1, step.last.toordinal() - 1))
        if step.event == "expired":
            ends.append(Span(True, step.first.toordinal(), step.last.toordinal()))
    return min(ends, key=lambda span: (span.low is None, span.low or 0)) if ends else end


def _phase(known: list[Step], start: Span, end: Span, day: Span) -> Phase:
    if not known:
        return "not_known"
    if start.exists is False:
        return "never"
    if not any(step.event in ADOPTING for step in known):
        return "ended" if any(step.event == "withdrawn" for step in known) else "proposed"
    over = compare(">", day, end) if end.exists else (False if end.exists is False else None)
    if over:
        return "ended"
    begun = compare(">=", day, start)
    if begun is False:
        return "coming"
    if begun is None or over is None:
        return "unknown"
    return _interruption(known, day)


def _interruption(known: list[Step], day: Span) -> Phase:
    """Suspended or exhausted, unless resumed since."""
    phase: Phase = "in_force"
    for step in known:
        if day.low is None or step.first.toordinal() > day.low:
            continue
        if step.event in ("suspended", "exhausted"):
            phase = "suspended" if step.event == "suspended" else "exhausted"
        if step.event == "resumed":
            phase = "in_force"
    return phase


def _reading(phase: Phase, start: Span, end: Span, day: Span) -> Span:
    """While proposed or coming values are read on the first day, once ended on the last."""
    if phase in ("proposed", "coming", "not_known") and start.exists and start.low is not None:
        return exactly(max(start.low, day.low) if phase == "proposed" and day.low is not None else start.low)
    if phase == "ended" and end.exists and end.low is not None:
        return exactly(end.low)
    return day


def steps_of(instrument: Instrument, name: str) -> tuple[Step, ...]:
    """Events that concern a provision, each with the day from which it was known.

    Without `announced`, an entry into force or expiry was known since the instrument was adopted, everything else
    since its own day.
    """
    events = [event for event in instrument.history if not event.provisions or name in event.provisions]
    adopted = min(
        (first_day(event.date) for event in events if event.event in ("adopted", "promulgated")), default=None
    )
    return tuple(
        Step(
            event.event,
            first_day(event.date),
            last_day(event.date),
            first_day(event.announced) if event.announced else _known(event.event, first_day(event.date), adopted),
        )
        for event in sorted(events, key=lambda event: first_day(event.date))
    )


def _known(event: EventKind, day: date, adopted: date | None) -> date:
    scheduled = event in ("in_force", "expired") and adopted is not None
    return min(day, adopted) if scheduled and adopted else day
