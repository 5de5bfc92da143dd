"""What changed between two days."""

from rambu.errors import RambuError
from rambu.web.history import changes
from rambu.web.pages.compare import years_before
from rambu.web.site import Site
from rambu.web.view import Asked, Shown, said_day


def view(site: Site, asked: Asked) -> Shown:
    """Changes between two days, newest first; by default of the last year. Raises RambuError."""
    last = asked.day("last") or site.today()
    first = asked.day("first") or years_before(last, 1)
    if first > last:
        raise RambuError.of("range", "the first day comes after the last", "write the earlier day first", "first")
    known_on = asked.day("known_on") or site.today()
    country = asked.given("in").upper()
    found = [one for one in changes(site, asked, first, last, known_on) if country in ("", one["country"]["code"])]
    return Shown(
        "changes.html",
        {
            "first": said_day(first, asked.words),
            "last": said_day(last, asked.words),
            "known_on": said_day(known_on, asked.words),
            "country": country if country in site.register.vocabulary.jurisdictions else "",
            "countries": [{"code": code, "name": asked.words.country(code)} for code in site.countries],
            "changes": found,
            "next": {"first": last.isoformat(), "last": years_before(last, -1).isoformat()},
        },
    )
