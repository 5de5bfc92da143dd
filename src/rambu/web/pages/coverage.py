"""Coverage: what was searched, when, and with what result."""

from rambu.model.case import TopicCoverage
from rambu.publish.words import STATES
from rambu.web.cells import country as country_data
from rambu.web.site import Site
from rambu.web.view import Asked, NotFoundError, Plain, Shown

NOTHING = TopicCoverage.model_validate({"state": "not_searched"})


def view(site: Site, asked: Asked) -> Shown:
    """The board of what was searched."""
    topics = site.register.vocabulary.topics
    states: dict[str, list[str]] = {
        code: [_entry(site, code, name).state for name in topics] for code in site.countries
    }
    counted = [state for those in states.values() for state in those]
    return Shown(
        "coverage.html",
        {
            "countries": [
                {
                    **country_data(site, asked, code),
                    "address": asked.at(f"coverage/{code}"),
                    "counts": {state: those.count(state) for state in STATES},
                }
                for code, those in states.items()
            ],
            "topics": [
                {
                    "id": name,
                    "label": asked.words.topic(name),
                    "address": asked.at(f"topics/{name}"),
                    "states": [states[code][place] for code in site.countries],
                }
                for place, name in enumerate(topics)
            ],
            "words": {state: asked.words.say(word) for state, word in STATES.items()},
            "total": {state: counted.count(state) for state in STATES},
            "cells": len(counted),
        },
    )


def country(site: Site, asked: Asked) -> Shown:
    """One country, topic by topic. Raises NotFoundError."""
    code = asked.parts["code"].upper()
    if code not in site.register.vocabulary.jurisdictions:
        raise NotFoundError
    topics = [_topic(site, asked, code, name) for name in site.register.vocabulary.topics]
    return Shown("coverage_country.html", {**country_data(site, asked, code), "topics": topics})


def _entry(site: Site, code: str, topic: str) -> TopicCoverage:
    coverage = site.register.coverage.get(code)
    found = coverage.topics.get(topic) if coverage else None
    return found or NOTHING


def _topic(site: Site, asked: Asked, code: str, name: str) -> Plain:
    entry, words = _entry(site, code, name), asked.words
    return {
        "id": name,
        "label": words.topic(name),
        "address": asked.at(f"topics/{name}"),
        "state": entry.state,
        "word": words.say(STATES[entry.state]),
        "searched_on": words.written_day(entry.searched_on) if entry.searched_on else "",
        "sources_until": words.written_day(entry.sources_until) if entry.sources_until else "",
        "queries": list(entry.queries),
        "nearest": entry.nearest or "",
        "missing": entry.missing or "",
    }
