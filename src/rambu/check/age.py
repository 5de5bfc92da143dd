"""Warnings that turn on the day: old sources, files due for review, values that rest on weak sources alone."""

from collections.abc import Iterator
from datetime import date, timedelta

from rambu.check.place import place
from rambu.errors import Problem
from rambu.model.base import first_day, last_day
from rambu.model.instrument import Instrument
from rambu.register import Register
from rambu.strict_yaml import Document

OLD = timedelta(days=548)  # 18 months
WEAKEST = ("press", "other")


def age_problems(register: Register, instrument: Instrument, document: Document, today: date) -> Iterator[Problem]:
    """What an analyst should look at again in one file."""
    review = instrument.review
    if review is not None and today - last_day(review.sources_until) > OLD and not is_over(instrument):
        what = f"its sources speak only up to {review.sources_until}, more than 18 months ago"
        yield _warning(document, ("review",), "old-sources", what, "search for newer ones")
    if review is not None and first_day(review.next_check) <= today:
        what = f"due for review since {review.next_check}"
        yield _warning(document, ("review",), "review-due", what, "read it again, and set checked_on and next_check")
    weak = weak_values(register, instrument)
    if weak:
        named = ", ".join(weak[:3]) + (f" and {len(weak) - 3} more" if len(weak) > 3 else "")
        what = f"{len(weak)} values rest on one press report or lesser page alone: {named}"
        yield _warning(document, ("sources",), "weak-source", what, "find the law, its issuer, or a professional note")


def is_over(instrument: Instrument) -> bool:
    """Repealed, expired or withdrawn as a whole: nothing newer will be said of it."""
    return any(event.event in ("repealed", "expired", "withdrawn") and not event.provisions
               for event in instrument.history)  # fmt: skip


def weak_values(register: Register, instrument: Instrument) -> list[str]:
    """provision.value of every value whose only source is of the lowest ranks."""
    found = []
    for name, provision in instrument.provisions.items():
        for value_name, value in provision.values.items():
            source = instrument.sources.get(instrument.source_of(provision, value) or "")
            if source is None or value.node is None:
                continue
            kind = source.kind or register.vocabulary.source_kind(source.url) or "other"
            if kind in WEAKEST:
                found.append(f"{name}.{value_name}")
    return found


def _warning(document: Document, path: tuple[str, ...], code: str, what: str, do: str) -> Problem:
    found = place(document, path, code, what, do)
    return Problem(found.file, found.line, found.column, code, what, do, "warning")
