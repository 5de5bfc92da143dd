"""A document for a terminal."""

from collections.abc import Iterator

from rambu.publish.document.blocks import Block, Bullets, Document, Heading, Sources, Table, Text, source_text
from rambu.publish.layout import Line, line

STYLES = {"": "", "lead": "", "quiet": "quiet", "loud": "loud", "good": "good"}


def lines(document: Document) -> Iterator[Line]:
    """Every block; a row of a table becomes its first cell with the others below it."""
    yield line(0, document.title, "head")
    yield line(0, document.subtitle)
    yield from (line(0, text, "quiet") for text in document.stamp)
    for block in document.blocks:
        yield from _block(block)
    yield line(0, "")
    yield line(0, document.notice, "quiet")


def _block(block: Block) -> Iterator[Line]:
    match block:
        case Heading(level, text):
            yield line(0, "")
            yield line(0, text, "head" if level < 3 else "")
        case Text(text, style):
            yield from (line(0, part, STYLES[style]) for part in text.split("\n"))
        case Bullets(items):
            yield from (line(2, f"· {item}", hang=2) for item in items)
        case Table(headers, rows, _):
            for row in rows:
                yield from _row(headers, row)
        case Sources(references):
            for one in references:
                text = f"[{one.number}] {source_text(one)}  "
                yield Line(2, ((text, ""), (one.source.url, "quiet")), 4)


def _row(headers: tuple[str, ...], row: tuple[str, ...]) -> Iterator[Line]:
    first, *others = row
    yield from (line(2, part, "head", 2) for part in first.split("\n"))
    for header, cell in zip(headers[1:], others, strict=True):
        if cell:
            text = "; ".join(cell.split("\n"))
            yield Line(4, ((f"{header}: ", "quiet"), (text, "")), 2)
