"""An assessment as a page: every sentence and figure in its place, for any renderer to set in its own type."""

from dataclasses import dataclass

from rambu.publish.because import Because
from rambu.publish.references import Reference


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed value: label, text with its reference, and what must be known about it."""

    label: str
    text: str
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """All of it in one line."""
        notes = f" ({'; '.join(self.notes)})" if self.notes else ""
        return f"{self.label}: {self.text}{notes}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding as it is printed; `short` asks for as few lines as can be."""

    address: str
    mark: str
    title: str
    subject: str
    tags: tuple[str, ...]
    loud: tuple[str, ...] = ()
    summary: str = ""
    figures: tuple[Figure, ...] = ()
    if_missed: tuple[Figure, ...] = ()
    needs: str = ""
    because: tuple[Because, ...] = ()
    short: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the answer for one country; `folded` stands for entries that are not printed."""

    key: str
    title: str
    entries: tuple[Entry, ...] = ()
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """Everything about one jurisdiction."""

    code: str
    name: str
    note: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A list of sentences under a heading, after the countries."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole answer."""

    headline: str
    stamp: tuple[str, ...]
    countries: tuple[Country, ...]
    parts: tuple[Part, ...]
    sources_title: str
    sources: tuple[Reference, ...]
    notice: str
