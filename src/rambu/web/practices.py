"""What is done beyond the law, as plain data."""

from collections.abc import Callable
from typing import Any

from rambu.model.case import Practice
from rambu.publish.wording import Wording
from rambu.web.site import Site
from rambu.web.view import Asked, Plain


def practices(site: Site, asked: Asked, wanted: Callable[[Practice], bool]) -> list[Plain]:
    """Practices that are wanted, with what was achieved and their sources."""
    return [_practice(one, asked.words) for one in site.register.practices if wanted(one)]


def _practice(one: Practice, words: Wording) -> Plain:
    return {
        "id": one.id,
        "who": one.who,
        "country": words.country(one.jurisdiction),
        "code": one.jurisdiction,
        "title": words.of(one.title),
        "summary": words.of(one.summary),
        "since": one.since,
        "topics": [words.topic(topic) for topic in one.topics],
        "achieved": [_achieved(entry, words) for entry in one.achieved],
        "sources": [{"title": source.title, "publisher": source.publisher, "url": source.url, "lang": source.lang}
                    for source in one.sources.values()],
    }  # fmt: skip


def _achieved(entry: Any, words: Wording) -> str:
    year = f" ({entry.year})" if entry.year else ""
    figure = f"{entry.figure:,}" if isinstance(entry.figure, int) else str(entry.figure)
    return f"{words.of(entry.what)}: {figure} {words.unit(entry.unit)}".rstrip() + year
