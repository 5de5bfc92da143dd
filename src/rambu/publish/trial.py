"""A trial for the terminal: verdict, phase, values with the way through each tree, reasons, missing facts."""

from collections.abc import Iterable, Iterator

from rambu.publish.because import MARKS
from rambu.publish.entries import Entries
from rambu.publish.layout import Line, line
from rambu.publish.wording import Wording
from rambu.publish.words import PHASES, VERDICTS
from rambu.trial import Tried

TRUTHS = {"applies": True, "does_not_apply": False, "unknown": None}


def trial_lines(tried: Iterable[Tried], wording: Wording) -> Iterator[Line]:
    """What was tried, one provision after the other."""
    entries = Entries(wording, why=True)
    for one in tried:
        yield from _lines(one, entries, wording)
        yield line(0, "")


def _lines(one: Tried, entries: Entries, wording: Wording) -> Iterator[Line]:
    found, say = one.finding, wording.say
    head = (f"{MARKS[TRUTHS[found.verdict]]} {found.address.name}", "head")
    yield Line(0, (head, (f"  {_state(one, wording)}", "")))
    for step in entries.explainer.lines(found.reason):
        yield line(2 * step.depth + 4, f"{step.mark} {step.text}", hang=2)
    answers = {answer.name: entries.value(answer, answer.span) for answer in found.answers}
    for name, steps in one.ways.items():
        yield line(4, f"{name} = {answers[name]}" if name in answers else name, "head")
        for way in steps:
            yield line(2 * way.depth + 6, f"→ {way.text}", "quiet")
    if found.missing:
        facts = ", ".join(f"{subject}.{fact}" for subject, fact in sorted(found.missing))
        yield line(4, say("missing: {facts}", facts=facts), "open")


def _state(one: Tried, wording: Wording) -> str:
    found, say = one.finding, wording.say
    start = wording.span(found.start, "date", open_word=say("a day not yet fixed"))
    parts = [found.subject, say(VERDICTS[found.verdict]), say(PHASES[found.phase]), say("from {day}", day=start)]
    return " · ".join([*parts, say("applies, unless …")] if found.unless_open else parts)
