"""An answer for the terminal."""

from collections.abc import Iterator

from rambu.publish.layout import Line, laid_out, line
from rambu.publish.page import Country, Entry, Figure, Page, Section

MARKS = {"✓": "good", "✕": "bad", "?": "open"}


def table(page: Page, width: int, colour: bool) -> str:
    """The whole answer as text."""
    return laid_out(_lines(page, width), width, colour)


def _lines(page: Page, width: int) -> Iterator[Line]:
    yield line(0, page.headline, "head")
    yield line(0, " · ".join(page.stamp), "quiet")
    for country in page.countries:
        yield from _country(country, width)
    for part in page.parts:
        yield line(0, "")
        yield line(0, part.title, "head")
        for text in part.lines:
            yield line(2, text, hang=2)
    yield from _sources(page)
    yield line(0, "")
    yield line(0, page.notice, "quiet")


def _country(country: Country, width: int) -> Iterator[Line]:
    yield line(0, "")
    yield line(0, f"━━ {country.name} {'━' * max(width - 8 - 2 * len(country.name), 4)}", "head")
    if country.note:
        yield line(0, country.note)
    for section in country.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Line]:
    yield line(0, "")
    yield line(0, section.title, "head")
    if section.folded:
        yield line(2, section.folded, "quiet")
    needs = ""
    for entry in section.entries:
        if entry.short and entry.needs != needs:
            yield line(2, entry.needs, "open")
        needs = entry.needs
        yield from (_short(entry) if entry.short else _long(entry))


def _head(entry: Entry) -> tuple[tuple[str, str], ...]:
    return (f"{entry.mark} ", "open" if entry.mark == "?" else ""), (entry.title, "head")


def _long(entry: Entry) -> Iterator[Line]:
    yield Line(2, _head(entry), hang=2)
    yield Line(4, _tags(entry))
    if entry.summary:
        yield line(4, entry.summary)
    for figure in entry.figures:
        yield Line(4, _figure(figure), hang=2)
    for figure in entry.if_missed:
        yield Line(4, (("! ", "loud"), *_figure(figure)), hang=2)
    if entry.needs:
        yield line(4, entry.needs, "open")
    for step in entry.because:
        yield Line(6 + 2 * step.depth, ((f"{step.mark} ", MARKS[step.mark]), (step.text, "")), hang=2)


def _short(entry: Entry) -> Iterator[Line]:
    """Title, tags and figures in one go; what it needs stands above."""
    left = 4 if entry.needs else 2
    figures = "; ".join(f"{figure.label} {figure.text}" for figure in entry.figures)
    yield Line(left, (*_head(entry), ("  ", ""), *_tags(entry), (f"  {figures}" if figures else "", "")), hang=2)


def _tags(entry: Entry) -> tuple[tuple[str, str], ...]:
    quiet = " · ".join(part for part in (entry.subject, *entry.tags) if part)
    loud = "".join(f"{word} · " for word in entry.loud)
    return (loud, "loud"), (quiet, "quiet")


def _figure(figure: Figure) -> tuple[tuple[str, str], ...]:
    notes = f" ({'; '.join(figure.notes)})" if figure.notes else ""
    label = f"{figure.label}: " if figure.text else figure.label
    return (label, ""), (figure.text, "head"), (notes, "quiet")


def _sources(page: Page) -> Iterator[Line]:
    if page.sources:
        yield line(0, "")
        yield line(0, page.sources_title, "head")
    for reference in page.sources:
        source = reference.source
        parts = [source.title, source.publisher, reference.kind, reference.locator or ""]
        text = f"[{reference.number}] " + " · ".join(part for part in parts if part)
        yield Line(2, ((f"{text}  ", ""), (source.url, "quiet")), hang=4)
