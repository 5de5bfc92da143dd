"""Styled text in lines of a width, by words; Korean and other wide letters count double.

Rich would do it too, in a quarter of a second more for a long answer, and people wait for this one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

WORD = re.compile(r" *[^ ]+ ?| +")
NARROWEST = 20  # columns
STYLES = {"head": "1", "quiet": "2", "loud": "1;33", "open": "33", "good": "32", "bad": "31", "": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is wrapped: (text, style) pieces; continued rows stand `hang` further in."""

    left: int
    pieces: tuple[tuple[str, str], ...]
    hang: int = 0


def line(left: int, text: str, style: str = "", hang: int = 0) -> Line:
    """A line of one style."""
    return Line(left, ((text, style),), hang)


def laid_out(lines: Iterable[Line], width: int, colour: bool) -> str:
    """The text, in rows of a width."""
    return "".join(f"{row}\n" for one in lines for row in _rows(one, width, colour))


def _rows(one: Line, width: int, colour: bool) -> Iterator[str]:
    room = max(width - one.left, NARROWEST)
    if sum(columns(text) for text, _ in one.pieces) <= room:  # most lines
        yield _row(one.left, one.pieces, colour)
        return
    left, row, used = one.left, list[tuple[str, str]](), 0
    for word, style in _words(one.pieces):
        bare = word.strip(" ")
        if used and bare and used + columns(word.rstrip(" ")) > max(width - left, NARROWEST):
            yield _row(left, row, colour)
            left, row, used = one.left + one.hang, [], 0
        if used or bare:
            kept = word if used else word.lstrip(" ")
            row.append((kept, style))
            used += columns(kept)
    yield _row(left, row, colour)


def _words(pieces: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words, each with the space behind it."""
    for text, style in pieces:
        yield from ((word, style) for word in WORD.findall(text))


def _row(left: int, row: Sequence[tuple[str, str]], colour: bool) -> str:
    if not colour:
        return (" " * left + "".join(word for word, _ in row)).rstrip()
    return " " * left + "".join(f"\x1b[{STYLES[style]}m{word}\x1b[0m" if style else word for word, style in row)


def columns(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(2 if letter >= "\u1100" and east_asian_width(letter) in "WF" else 1 for letter in text)
