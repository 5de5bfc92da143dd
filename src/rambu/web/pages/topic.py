"""One topic across countries: like with like, and a tile map."""

from collections.abc import Iterator
from datetime import date

from rambu.web.cells import cell, country, legend
from rambu.web.memberships import bodies
from rambu.web.practices import practices
from rambu.web.rows import row
from rambu.web.site import Site
from rambu.web.view import Asked, NotFoundError, Plain, Shown
from rambu.web.when import stamp, when

MEMBERSHIPS = "memberships"
LIKE = 2  # countries that a measure lines up at least
KNOWN_TILES = ("KOR", "MMR", "LAO", "VNM", "PHL", "THA", "KHM", "MYS", "SGP", "BRN", "IDN", "TLS")


def view(site: Site, asked: Asked) -> Shown:
    """A topic on a day. Raises NotFoundError, RambuError."""
    name = asked.parts["topic"]
    if name not in site.register.vocabulary.topics:
        raise NotFoundError
    as_of, known_on = when(site, asked)
    countries = [
        one
        for code in site.register.vocabulary.jurisdictions
        if (one := _country(site, asked, name, code, as_of, known_on))
    ]
    countries.sort(key=lambda one: site.countries.index(one["code"]) if one["code"] in site.countries else 99)
    topic = site.register.vocabulary.topics[name]
    return Shown(
        "topic.html",
        {
            "id": name,
            "title": asked.words.topic(name),
            "group": asked.words.of(site.register.vocabulary.groups.get(topic.group)) or topic.group,
            "stamp": stamp(site, asked, as_of, known_on),
            "countries": countries,
            "like": list(like_with_like(countries)),
            "states": legend(asked.words),
            "bodies": bodies(site, asked, as_of) if name == MEMBERSHIPS else [],
            "practices": practices(site, asked, lambda one: name in one.topics),
            "tiles": all(code in KNOWN_TILES for code in site.countries),
        },
    )


def _country(site: Site, asked: Asked, topic: str, code: str, as_of: date, known_on: date) -> Plain | None:
    found = site.days.board(as_of, known_on)[topic, code]
    if code not in site.countries and not found.provisions:
        return None
    rows = [row(one, asked) for one in site.days.rows(topic, code, as_of, known_on)]
    coverage = site.register.coverage.get(code)
    entry = coverage.topics.get(topic) if coverage else None
    searched = asked.words.written_day(entry.searched_on) if entry and entry.searched_on else ""
    return {
        **country(site, asked, code),
        **cell(found),
        "rows": rows,
        "searched_on": searched,
        "nearest": (entry.nearest or "") if entry else "",
        "missing": (entry.missing or "") if entry else "",
    }


def like_with_like(countries: list[Plain]) -> Iterator[Plain]:
    """Each measure that several countries fix for the same kind of provision, side by side."""
    found: dict[tuple[str, str], list[Plain]] = {}
    for one in countries:
        for provision in one["rows"]:
            if provision["phase"]["id"] in ("ended", "never"):
                continue
            for figure in provision["figures"]:
                line = {
                    "country": one["name"],
                    "code": one["code"],
                    "title": provision["title"],
                    "address": provision["address"],
                    "text": figure["text"],
                    "dates": provision["dates"],
                    "phase": provision["phase"],
                }
                found.setdefault((provision["kind"]["text"], figure["label"]), []).append(line)
    for (kind, label), lines in found.items():
        if len({line["code"] for line in lines}) >= LIKE:
            yield {"kind": kind, "measure": label, "lines": lines}
