"""The two days of a page: asked about, and known on."""

from datetime import date

from rambu.web.cells import dates_query
from rambu.web.site import Site
from rambu.web.view import Asked, Plain, said_day


def when(site: Site, asked: Asked) -> tuple[date, date]:
    """The days that were sent, else today. Raises RambuError."""
    return site.when(asked.day("as_of"), asked.day("known_on"))


def stamp(site: Site, asked: Asked, as_of: date, known_on: date) -> Plain:
    """The days in words, and the query that keeps them."""
    return {
        "as_of": said_day(as_of, asked.words),
        "known_on": said_day(known_on, asked.words),
        "query": dates_query(site, as_of, known_on),
    }
