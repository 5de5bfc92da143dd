"""Warnings that turn on the day: old sources, files due for review, values that rest on weak sources alone."""

from collections.abc import Iterator
from datetime import date

from rambu.age import age
from rambu.check.place import place
from rambu.errors import Problem
from rambu.model.instrument import Instrument
from rambu.register import Register
from rambu.strict_yaml import Document

NAMED = 3  # values


def age_problems(register: Register, instrument: Instrument, document: Document, today: date) -> Iterator[Problem]:
    """What an analyst should look at again in one file."""
    found, review = age(register, instrument, today), instrument.review
    if found.old and review is not None:
        what = f"its sources speak only up to {review.sources_until}, more than 18 months ago"
        yield _warning(document, ("review",), "old-sources", what, "search for newer ones")
    if found.due and review is not None:
        what = f"due for review since {review.next_check}"
        yield _warning(document, ("review",), "review-due", what, "read it again, and set checked_on and next_check")
    if found.weak:
        more = f" and {len(found.weak) - NAMED} more" if len(found.weak) > NAMED else ""
        what = f"{len(found.weak)} values rest on one press report or lesser page alone: "
        what += ", ".join(found.weak[:NAMED]) + more
        yield _warning(document, ("sources",), "weak-source", what, "find the law, its issuer, or a professional note")


def _warning(document: Document, path: tuple[str, ...], code: str, what: str, do: str) -> Problem:
    found = place(document, path, code, what, do)
    return Problem(found.file, found.line, found.column, code, what, do, "warning")
