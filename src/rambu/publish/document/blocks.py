"""What a document is made of. Texts are plain; ` [3]` in them is a reference to the third source."""

from dataclasses import dataclass
from typing import Literal

from rambu.publish.references import Reference

Style = Literal["", "lead", "quiet", "loud", "good"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a chapter."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page; `widths` are parts of the whole. A cell may hold several lines."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbered sources."""

    references: tuple[Reference, ...]


Block = Heading | Text | Bullets | Table | Sources


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: title page, blocks, and the sentence that closes it."""

    title: str
    subtitle: str
    stamp: tuple[str, ...]
    language: str
    blocks: tuple[Block, ...]
    notice: str
    contents: str

    def headings(self) -> tuple[Heading, ...]:
        """Headings of chapters, for the table of contents."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level == 1)


def source_text(reference: Reference) -> str:
    """A source in one line, without its address."""
    source = reference.source
    parts = [source.title, source.publisher, reference.kind, reference.locator or "", source.date or ""]
    return " · ".join(part for part in parts if part)
