"""How an instrument's file stands on a day: sources that speak only up to long ago, due for review, weakly sourced."""

from datetime import date, timedelta
from typing import NamedTuple

from rambu.model.base import first_day, last_day
from rambu.model.instrument import Instrument
from rambu.register import Register

OLD = timedelta(days=548)  # 18 months
WEAKEST = ("press", "other")


class Age(NamedTuple):
    """What a reader and an analyst should know of one file on a day."""

    old: bool
    due: bool
    weak: tuple[str, ...]


def age(register: Register, instrument: Instrument, today: date) -> Age:
    """Whether its sources are older than 18 months, whether it is due for review, and its weakly sourced values."""
    review = instrument.review
    old = review is not None and today - last_day(review.sources_until) > OLD and not is_over(instrument)
    due = review is not None and first_day(review.next_check) <= today
    return Age(old, due, tuple(weak_values(register, instrument)))


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
