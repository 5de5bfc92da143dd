"""What a page is: a function from what was asked to what is shown, as HTML and as JSON alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from rambu.errors import RambuError

if TYPE_CHECKING:
    from rambu.publish.wording import Wording
    from rambu.web.site import Site

Plain = dict[str, Any]
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Asked:
    """One request: the language, the address below it, and what was sent along."""

    lang: str
    path: str
    words: "Wording"
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, list[str]] = field(default_factory=dict)
    upload: bytes = b""
    posted: bool = False

    def given(self, name: str) -> str:
        """A field of the form or of the address, else nothing."""
        sent = self.form.get(name)
        return (sent[-1] if sent else self.query.get(name, "")).strip()

    def day(self, name: str) -> date | None:
        """A day that was sent; None when it was not. Raises RambuError."""
        text = self.given(name)
        return day_of(text, name) if text else None

    def at(self, path: str) -> str:
        """The address of a page in the language of this one."""
        return f"/{self.lang}/{path}"


@dataclass(frozen=True)
class Shown:
    """The answer to a request: a template, and plain data that is also the JSON twin."""

    template: str
    data: Plain
    status: int = 200
    hidden: tuple[tuple[str, str], ...] = ()
    index: bool = True


@dataclass(frozen=True)
class Sent:
    """A file to take away."""

    content: str | bytes
    media_type: str
    name: str


@dataclass(frozen=True)
class Elsewhere:
    """Another page of ours."""

    address: str


View = Callable[["Site", Asked], Shown | Sent | Elsewhere]


class NotFoundError(Exception):
    """There is no such thing in the register."""


def day_of(text: str, name: str) -> date:
    """A day as a form writes it. Raises RambuError."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise RambuError.of(
            "date", f"this is no day between {FIRST_YEAR} and {LAST_YEAR}", "write a day as 2026-03-31", name
        )
    return found


def said_day(day: date, words: "Wording") -> Plain:
    """A day for people and for programs."""
    return {"iso": day.isoformat(), "text": words.day(day)}
