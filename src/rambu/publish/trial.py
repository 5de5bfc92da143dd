"""A trial for the terminal: verdict, phase, values with the way through each tree, reasons, missing facts."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from rambu.publish.because import MARKS
from rambu.publish.entries import Entries
from rambu.publish.wording import Wording
from rambu.publish.words import PHASES, VERDICTS
from rambu.trial import Tried

TRUTHS = {"applies": True, "does_not_apply": False, "unknown": None}


def print_trial(tried: Iterable[Tried], wording: Wording, console: Console) -> None:
    """Print what was tried, one provision after the other."""
    entries = Entries(wording, why=True)
    for one in tried:
        console.print()
        for depth, line in _lines(one, entries, wording):
            console.print(Padding(line, (0, 0, 0, 2 * depth), expand=False))


def _lines(one: Tried, entries: Entries, wording: Wording) -> Iterator[tuple[int, Text]]:
    found, say = one.finding, wording.say
    yield (
        0,
        Text(f"{MARKS[TRUTHS[found.verdict]]} {found.address.name}", style="bold").append(
            f"  {_state(one, wording)}", "not bold"
        ),
    )
    for line in entries.explainer.lines(found.reason):
        yield line.depth + 2, Text(f"{line.mark} {line.text}")
    answers = {answer.name: entries.value(answer, answer.span) for answer in found.answers}
    for name, steps in one.ways.items():
        yield 2, Text(f"{name} = {answers[name]}" if name in answers else name, style="bold")
        for step in steps:
            yield step.depth + 3, Text(f"→ {step.text}", style="dim")
    if found.missing:
        facts = ", ".join(f"{subject}.{fact}" for subject, fact in sorted(found.missing))
        yield 2, Text(f"{say('missing')}: {facts}", style="yellow")


def _state(one: Tried, wording: Wording) -> str:
    found, say = one.finding, wording.say
    start = wording.span(found.start, "date", open_word=say("a day not yet fixed"))
    parts = [found.subject, say(VERDICTS[found.verdict]), say(PHASES[found.phase]), say("from {day}", day=start)]
    return " · ".join([*parts, say("applies, unless …")] if found.unless_open else parts)
