"""What changed between two days, and what is coming, as plain data."""

from collections.abc import Iterator
from datetime import date, timedelta

from rambu.compare import Change
from rambu.publish.words import PHASES
from rambu.web.rows import address_of, spoken
from rambu.web.site import Site
from rambu.web.view import Asked, Plain, said_day

YEAR = timedelta(days=365)


def changes(site: Site, asked: Asked, first: date, last: date, known_on: date) -> Iterator[Plain]:
    """Newest first."""
    for found in site.days.changes(first, last, known_on):
        yield change(site, asked, found, known_on)


def change(site: Site, asked: Asked, found: Change, known_on: date) -> Plain:
    """One change."""
    words, provision = asked.words, site.register.provision(found.address)
    before, after = found.phase
    return {
        "day": said_day(found.day, words),
        "dated": site.days.dated(found, known_on),
        "country": {"code": found.jurisdiction, "name": words.country(found.jurisdiction)},
        "id": str(found.address),
        "address": address_of(asked, found.address),
        "title": words.of(provision.title),
        "phase": None if before == after else [words.say(PHASES[before]), words.say(PHASES[after])],
        "values": [
            {
                "label": words.measure(name),
                "before": spoken(provision, name, old, words),
                "after": spoken(provision, name, new, words),
            }
            for name, (old, new) in found.values.items()
            if spoken(provision, name, old, words) != spoken(provision, name, new, words)
        ],
    }


def lately(site: Site, asked: Asked, today: date, number: int = 4) -> Plain:
    """The next few changes and the last few."""
    coming = [one for one in changes(site, asked, today, today + YEAR, today) if one["dated"]]
    past = [one for one in changes(site, asked, today - YEAR, today, today) if one["dated"]]
    return {"coming": coming[-number:][::-1], "past": past[:number]}
