"""An answer for the terminal, set by Rich."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from rambu.publish.page import Country, Entry, Figure, Page, Section

LOUD, QUIET, HEAD = "bold yellow", "dim", "bold"
MARKS = {"✓": "green", "✕": "red", "?": "yellow"}


def print_page(page: Page, console: Console) -> None:
    """Print the whole answer."""
    console.print(Text(page.headline, style=HEAD))
    console.print(Text(" · ".join(page.stamp), style=QUIET))
    for country in page.countries:
        for block in _country(country):
            console.print(block)
    for part in page.parts:
        console.print(Text(f"\n{part.title}", style=HEAD))
        for line in part.lines:
            console.print(_indented(Text(line), 2))
    _sources(page, console)
    console.print(Text(f"\n{page.notice}", style=QUIET))


def _country(country: Country) -> Iterator[RenderableType]:
    yield Text()
    yield Rule(Text(country.name, style=HEAD), align="left", characters="─")
    if country.note:
        yield Text(country.note)
    for section in country.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[RenderableType]:
    yield Text(f"\n{section.title}", style=HEAD)
    if section.folded:
        yield _indented(Text(section.folded, style=QUIET), 2)
    needs = ""
    for entry in section.entries:
        if entry.short and entry.needs != needs:
            yield _indented(Text(entry.needs, style="yellow"), 2)
        needs = entry.needs
        yield from _short(entry) if entry.short else _long(entry)


def _head(entry: Entry) -> Text:
    head = Text(f"{entry.mark} ", style="yellow" if entry.mark == "?" else "")
    return head.append(entry.title, style=HEAD)


def _long(entry: Entry) -> Iterator[RenderableType]:
    yield _indented(_head(entry), 2)
    yield _indented(_tags(entry), 4)
    if entry.summary:
        yield _indented(Text(entry.summary), 4)
    for figure in entry.figures:
        yield _indented(_figure(figure), 4)
    for figure in entry.if_missed:
        yield _indented(Text("! ", style=LOUD).append_text(_figure(figure)), 4)
    if entry.needs:
        yield _indented(Text(entry.needs, style="yellow"), 4)
    for line in entry.because:
        text = Text(f"{line.mark} ", style=MARKS[line.mark]).append(line.text, style="")
        yield _indented(text, 6 + 2 * line.depth)


def _short(entry: Entry) -> Iterator[RenderableType]:
    """Title and tags, then the figures, in a line each; what it needs stands above."""
    left = 4 if entry.needs else 2
    yield _indented(_head(entry).append("  ").append_text(_tags(entry)), left)
    if entry.figures:
        yield _indented(Text("; ").join(Text(f"{figure.label}: {figure.text}") for figure in entry.figures), left + 2)


def _tags(entry: Entry) -> Text:
    text = Text()
    for loud in entry.loud:
        text.append(f"{loud} · ", style=LOUD)
    return text.append(" · ".join(part for part in (entry.subject, *entry.tags) if part), style=QUIET)


def _figure(figure: Figure) -> Text:
    text = Text(f"{figure.label}: ")
    text.append(figure.text, style="bold")
    if figure.notes:
        text.append(f" ({'; '.join(figure.notes)})", style=QUIET)
    return text


def _sources(page: Page, console: Console) -> None:
    if page.sources:
        console.print(Text(f"\n{page.sources_title}", style=HEAD))
    for reference in page.sources:
        source = reference.source
        parts = [source.title, source.publisher, reference.kind, reference.locator or ""]
        console.print(_indented(Text(f"[{reference.number}] " + " · ".join(part for part in parts if part)), 2))
        console.print(_indented(Text(source.url, style=QUIET, overflow="fold"), 6))


def _indented(block: RenderableType, left: int) -> Padding:
    return Padding(block, (0, 0, 0, left), expand=False)
