"""Compare: the board on any day, as known on any day."""

from datetime import date
from typing import Any

from rambu.web.cells import board
from rambu.web.history import changes
from rambu.web.site import Site
from rambu.web.view import Asked, Plain, Shown
from rambu.web.when import stamp, when

YEARS_BACK, YEARS_AHEAD = 7, 4
TALLEST = 32  # px
MOST_CHANGES = 12


def view(site: Site, asked: Asked) -> Shown:
    """The board with a strip of years, and what changed in the year before. Raises RambuError."""
    as_of, known_on = when(site, asked)
    found = list(changes(site, asked, years_before(as_of, 1), as_of, known_on))
    return Shown(
        "compare.html",
        {
            "stamp": stamp(site, asked, as_of, known_on),
            "years": years(site, as_of, known_on),
            "board": board(site, asked, as_of, known_on),
            "changes": found[:MOST_CHANGES],
            "more": max(len(found) - MOST_CHANGES, 0),
        },
    )


def years_before(day: date, number: int) -> date:
    """The same day some years before; the 28th of a February where there is no 29th."""
    try:
        return day.replace(year=day.year - number)
    except ValueError:
        return day.replace(year=day.year - number, day=28)


def years(site: Site, as_of: date, known_on: date) -> list[Plain]:
    """Each year with a bar for the number of its changes; the day of the link is this one in that year."""
    counted, now = site.days.years(known_on), site.today().year
    span = range(now - YEARS_BACK, now + YEARS_AHEAD + 1)
    most = max([counted[year] for year in span] + [1])
    return [_year(year, counted[year], most, as_of, now) for year in span]


def _year(year: int, number: int, most: int, as_of: date, now: int) -> dict[str, Any]:
    height = max(round(TALLEST * number / most), 2) if number else 0
    return {
        "year": year,
        "changes": number,
        "height": height,
        "here": year == as_of.year,
        "ahead": year > now,
        "as_of": years_before(as_of, as_of.year - year).isoformat(),
    }
