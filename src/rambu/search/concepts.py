"""One concept, all its terms: what the vocabulary calls a thing in one language finds it in every other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rambu.model.base import Words
from rambu.model.vocabulary import Vocabulary
from rambu.search.tokens import NO_SPACES, words

MOST_WORDS = 6  # of a term


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a query that names a concept, and the other terms for it."""

    first: int
    last: int
    terms: tuple[str, ...]


class Concepts:
    """Labels of topics, categories, facts, measures and countries, by each of their terms."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.terms: dict[tuple[str, ...], set[str]] = {}
        for label in _labels(vocabulary):
            others = {text for text in label.values() if text}
            for text in others:
                key = tuple(words(text))
                if 0 < len(key) <= MOST_WORDS:
                    self.terms.setdefault(key, set()).update(others)

    def of(self, query: list[str]) -> Iterator[Found]:
        """Concepts that a query names, the longest first at each word."""
        place = 0
        while place < len(query):
            found = self._at(query, place)
            if found is not None:
                yield found
            place = found.last if found else place + 1

    def _at(self, query: list[str], place: int) -> Found | None:
        for length in range(min(MOST_WORDS, len(query) - place), 0, -1):
            part = tuple(query[place : place + length])
            known = self.terms.get(part) or self._joined(part)
            if known:
                return Found(place, place + length, tuple(sorted(known)))
        return None

    def _joined(self, part: tuple[str, ...]) -> set[str] | None:
        """Korean with or without its spaces, and Vietnam for Viet Nam."""
        return self.joined.get("".join(part))

    @cached_property
    def joined(self) -> Mapping[str, set[str]]:
        """Terms without their spaces."""
        found: dict[str, set[str]] = {}
        for key, known in self.terms.items():
            if len(key) > 1 or NO_SPACES.search(key[0]):
                found.setdefault("".join(key), set()).update(known)
        return found


def _labels(vocabulary: Vocabulary) -> Iterator[Words]:
    yield from (topic.label for topic in vocabulary.topics.values())
    yield from (place.label for place in vocabulary.jurisdictions.values())
    yield from (fact.label for fact in vocabulary.facts.values())
    yield from (measure.label for measure in vocabulary.measures.values())
    yield from (ask.label for ask in vocabulary.asks.values())
    yield from vocabulary.labels.values()
