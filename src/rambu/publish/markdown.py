"""An answer as Markdown, for a brief or a wiki."""

from collections.abc import Iterator

from rambu.publish.page import Country, Entry, Figure, Page, Section

SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def markdown(page: Page) -> str:
    """The whole answer; references are anchors to the list of sources."""
    return "\n".join(_lines(page)).rstrip() + "\n"


def plain(text: str) -> str:
    """Text in which nothing is markup."""
    return text.translate(SPECIAL)


def _lines(page: Page) -> Iterator[str]:
    yield f"# {plain(page.headline)}"
    yield ""
    yield " · ".join(plain(part) for part in page.stamp)
    yield ""
    for country in page.countries:
        yield from _country(country)
    for part in page.parts:
        yield f"## {plain(part.title)}"
        yield ""
        yield from (f"- {plain(line)}" for line in part.lines)
        yield ""
    yield from _sources(page)
    yield f"*{plain(page.notice)}*"


def _country(country: Country) -> Iterator[str]:
    yield f"## {plain(country.name)}"
    yield ""
    if country.note:
        yield plain(country.note)
        yield ""
    for section in country.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"### {plain(section.title)}"
    yield ""
    if section.folded:
        yield plain(section.folded)
        yield ""
    for entry in section.entries:
        yield from _entry(entry)
        yield ""


def _entry(entry: Entry) -> Iterator[str]:
    yield f"- {entry.mark} **{plain(entry.title)}**  "
    tags = [f"**{plain(loud)}**" for loud in entry.loud] + [plain(tag) for tag in (entry.subject, *entry.tags) if tag]
    yield f"  {' · '.join(tags)}  "
    if entry.summary:
        yield f"  {plain(entry.summary)}"
    for figure in entry.figures:
        yield f"  - {_figure(figure)}"
    for figure in entry.if_missed:
        yield f"  - ! {_figure(figure)}"
    if entry.needs:
        yield f"  - ? {plain(entry.needs)}"
    for line in entry.because:
        yield f"  {'  ' * line.depth}- {line.mark} {plain(line.text)}"


def _figure(figure: Figure) -> str:
    notes = f" ({'; '.join(plain(note) for note in figure.notes)})" if figure.notes else ""
    return f"{plain(figure.label)}: **{plain(figure.text)}**{notes}" if figure.text else plain(figure.label) + notes


def _sources(page: Page) -> Iterator[str]:
    if not page.sources:
        return
    yield f"## {plain(page.sources_title)}"
    yield ""
    for reference in page.sources:
        source = reference.source
        parts = [plain(part) for part in (source.publisher, reference.kind, reference.locator or "") if part]
        yield f"- \\[{reference.number}\\] [{plain(source.title)}](<{source.url}>) · {' · '.join(parts)}"
    yield ""
