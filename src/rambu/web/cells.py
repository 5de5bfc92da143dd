"""The board as plain data: countries across, topics down, a state in each cell."""

from datetime import date
from urllib.parse import urlencode

from rambu.compare import Cell
from rambu.publish.wording import Wording
from rambu.publish.words import mark
from rambu.web.site import Site
from rambu.web.view import Asked, Plain

STATES = {
    "mandatory": mark("mandatory"),
    "comply_or_explain": mark("comply or explain"),
    "voluntary": mark("voluntary"),
    "open": mark("support, open"),
    "closed": mark("ended or closed"),
    "noted": mark("target, status or figure"),
    "coming": mark("coming or proposed"),
    "partial": mark("partly known"),
    "none_found": mark("searched, none found"),
    "not_searched": mark("not yet searched"),
}
UNSEEN = ("none_found", "not_searched", "partial")


def board(site: Site, asked: Asked, as_of: date, known_on: date) -> Plain:
    """Every country and topic on a day."""
    cells, words = site.days.board(as_of, known_on), asked.words
    groups: dict[str, list[Plain]] = {}
    for name, topic in site.register.vocabulary.topics.items():
        row = [cell(cells[name, code]) for code in site.countries]
        entry = {"id": name, "label": words.topic(name), "address": asked.at(f"topics/{name}"), "cells": row}
        groups.setdefault(topic.group, []).append(entry)
    labels = site.register.vocabulary.groups
    return {
        "countries": [country(site, asked, code) for code in site.countries],
        "groups": [
            {"id": key, "label": words.of(labels.get(key)) or key, "topics": rows} for key, rows in groups.items()
        ],
        "states": legend(words),
        "query": dates_query(site, as_of, known_on),
    }


def cell(found: Cell) -> Plain:
    """One cell."""
    return {"country": found.jurisdiction, "state": found.state, "changing": found.changing}


def country(site: Site, asked: Asked, code: str) -> Plain:
    """A country with its names and page."""
    place = site.register.vocabulary.jurisdictions[code]
    return {
        "code": code,
        "short": place.iso2 or code,
        "name": asked.words.country(code),
        "address": asked.at(f"countries/{code}"),
    }


def legend(words: Wording) -> dict[str, str]:
    """State -> word."""
    return {state: words.say(word) for state, word in STATES.items()}


def dates_query(site: Site, as_of: date, known_on: date) -> str:
    """The query that keeps the days, where they are not those of today."""
    if (as_of, known_on) == site.when(None, None):
        return ""
    kept = {"as_of": as_of.isoformat()}
    if known_on != min(as_of, site.today()):
        kept["known_on"] = known_on.isoformat()
    return f"?{urlencode(kept)}"


def unknown(site: Site, as_of: date, known_on: date) -> Plain:
    """How many cells nobody has looked at yet, and how many were searched in vain."""
    cells = [cell for (_, code), cell in site.days.board(as_of, known_on).items() if code in site.countries]
    return {
        "cells": len(cells),
        "not_searched": sum(cell.state == "not_searched" for cell in cells),
        "none_found": sum(cell.state == "none_found" for cell in cells),
        "partial": sum(cell.state == "partial" for cell in cells),
    }
