"""The coverage board: countries across, topics down, and one country in detail."""

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rambu.model.case import Coverage, TopicCoverage
from rambu.publish.wording import Wording
from rambu.publish.words import STATES

SHAPES = {"covered": "■", "partial": "□", "none_found": "–", "not_searched": "?"}


def print_board(wording: Wording, console: Console) -> None:
    """Every topic of every jurisdiction, grouped, with what the shapes mean."""
    vocabulary, coverage = wording.vocabulary, wording.register.coverage
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(Text(wording.say("Topic")), no_wrap=False)
    for code in vocabulary.jurisdictions:
        table.add_column(Text(code), justify="center", min_width=3, no_wrap=True)
    group = ""
    for name, topic in vocabulary.topics.items():
        if topic.group != group:
            group = topic.group
            table.add_row(Text(wording.of(vocabulary.groups.get(group)) or group, style="bold"))
        table.add_row(
            Text(wording.topic(name)), *(Text(shape(coverage.get(code), name)) for code in vocabulary.jurisdictions)
        )
    console.print(table)
    console.print(
        Text("  ".join(f"{SHAPES[state]} {wording.say(word)}" for state, word in STATES.items()), style="dim")
    )


def shape(coverage: Coverage | None, topic: str) -> str:
    """The shape of a cell; what no file speaks of was not searched."""
    entry = coverage.topics.get(topic) if coverage else None
    return SHAPES[entry.state if entry else "not_searched"]


def print_country(code: str, wording: Wording, console: Console) -> None:
    """One jurisdiction: each topic with its state, when it was searched, and what came near."""
    coverage = wording.register.coverage.get(code)
    console.print(Text(wording.country(code), style="bold"))
    for name in wording.vocabulary.topics:
        entry = coverage.topics.get(name) if coverage else None
        entry = entry or TopicCoverage.model_validate({"state": "not_searched"})
        state = wording.say(STATES[entry.state])
        console.print(Text(f"{SHAPES[entry.state]} {wording.topic(name)}").append(f"  {state}", style="dim"))
        for line in _details(entry, wording):
            console.print(Padding(Text(line, style="dim"), (0, 0, 0, 4), expand=False))


def _details(entry: TopicCoverage, wording: Wording) -> Iterator[str]:
    if entry.searched_on:
        yield wording.say("searched on {day}", day=wording.written_day(entry.searched_on))
    if entry.sources_until:
        yield wording.say("sources speak up to {day}", day=wording.written_day(entry.sources_until))
    if entry.missing:
        yield wording.say("looked for and not found: {text}", text=entry.missing)
    if entry.nearest:
        yield wording.say("nearest: {text}", text=entry.nearest)
    for query in entry.queries:
        yield wording.say("query: {text}", text=query)
