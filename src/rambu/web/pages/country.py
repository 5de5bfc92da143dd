"""One country: every topic with its state and its rules."""

from datetime import date

from rambu.web.cells import cell, country, legend
from rambu.web.memberships import of_country
from rambu.web.practices import practices
from rambu.web.rows import row
from rambu.web.site import Site
from rambu.web.view import Asked, NotFoundError, Plain, Shown
from rambu.web.when import stamp, when


def view(site: Site, asked: Asked) -> Shown:
    """A country on a day. Raises NotFoundError, RambuError."""
    code = asked.parts["code"].upper()
    if code not in site.register.vocabulary.jurisdictions:
        raise NotFoundError
    as_of, known_on = when(site, asked)
    groups: dict[str, list[Plain]] = {}
    for name, topic in site.register.vocabulary.topics.items():
        groups.setdefault(topic.group, []).append(_topic(site, asked, name, code, as_of, known_on))
    labels = site.register.vocabulary.groups
    return Shown(
        "country.html",
        {
            **country(site, asked, code),
            "stamp": stamp(site, asked, as_of, known_on),
            "groups": [
                {"id": key, "label": asked.words.of(labels.get(key)) or key, "topics": those}
                for key, those in groups.items()
            ],
            "states": legend(asked.words),
            "instruments": sum(one.jurisdiction == code for one in site.register.instruments.values()),
            "memberships": of_country(site, asked, code, as_of),
            "practices": practices(site, asked, lambda one: one.jurisdiction == code),
        },
    )


def _topic(site: Site, asked: Asked, name: str, code: str, as_of: date, known_on: date) -> Plain:
    found = site.days.board(as_of, known_on)[name, code]
    rows = [row(one, asked) for one in site.days.rows(name, code, as_of, known_on)]
    short = [{key: one[key] for key in ("title", "address", "kind", "force", "phase", "dates")} for one in rows]
    return {
        "id": name,
        "label": asked.words.topic(name),
        "address": asked.at(f"topics/{name}"),
        **cell(found),
        "rows": short,
    }
