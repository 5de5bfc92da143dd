"""Start: search, three doors, the board, what changed lately, what nobody knows yet."""

from rambu.web.cells import board, unknown
from rambu.web.history import lately
from rambu.web.site import Site
from rambu.web.view import Asked, Shown
from rambu.web.when import stamp


def view(site: Site, asked: Asked) -> Shown:
    """The start page, today."""
    as_of, known_on = site.when(None, None)
    return Shown(
        "start.html",
        {
            "stamp": stamp(site, asked, as_of, known_on),
            "board": board(site, asked, as_of, known_on),
            "lately": lately(site, asked, as_of),
            "unknown": unknown(site, as_of, known_on),
        },
    )
