"""Query -> topics, countries, instruments and provisions, best first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rambu.model.instrument import Instrument
from rambu.register import Register
from rambu.search.concepts import Concepts
from rambu.search.index import Index
from rambu.search.tokens import tokens, words

Kind = Literal["topic", "country", "instrument", "provision"]
LONGEST_QUERY, MOST_WORDS = 200, 12
TITLE, NAMES, TEXT = 4.0, 1.5, 1.0
LIFT = {"topic": 1.5, "country": 1.5, "instrument": 1.1, "provision": 1.0}
SHORTEST_BEGINNING = 2  # letters
UNFINISHED = 0.4  # what a word counts that only begins like the one typed
Group = list[tuple[list[str], float]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: a topic, country, instrument or provision by its id."""

    kind: Kind
    id: str
    score: float


class Finder:
    """The index of a register."""

    def __init__(self, register: Register) -> None:
        self.register, self.index = register, Index()
        self.concepts = Concepts(register.vocabulary)
        self.things: list[tuple[Kind, str]] = []
        for kind, name, fields in self._documents():
            self.things.append((kind, name))
            self.index.add(fields)

    def find(self, query: str, number: int = 30) -> list[Hit]:
        """The best hits; a word that is not finished stands for all that begin so."""
        groups = [group for group in self._groups(query) if group]
        total: dict[int, float] = {}
        matched: dict[int, int] = {}
        for group in groups:
            for document, score in self._best(group).items():
                total[document] = total.get(document, 0) + score
                matched[document] = matched.get(document, 0) + 1
        scored = [
            Hit(kind, name, total[document] * (matched[document] / len(groups)) ** 2 * LIFT[kind])
            for document in total
            for kind, name in [self.things[document]]
        ]
        return sorted(scored, key=lambda hit: (-hit.score, hit.kind, hit.id))[:number]

    def _groups(self, query: str) -> Iterator[Group]:
        """Each concept or word of the query: its alternatives, each as tokens with a weight."""
        asked = words(query[:LONGEST_QUERY])[:MOST_WORDS]
        place = 0
        for found in self.concepts.of(asked):
            yield from self._words(asked[place : found.first])
            own = " ".join(asked[found.first : found.last])
            yield [(tokens(own), 1.0), *((tokens(term), 1.0) for term in found.terms)]
            place = found.last
        yield from self._words(asked[place:], open_end=True)

    def _words(self, asked: list[str], open_end: bool = False) -> Iterator[Group]:
        for number, word in enumerate(asked, 1):
            last = open_end and number == len(asked) and len(word) >= SHORTEST_BEGINNING
            endings = [([token], UNFINISHED) for token in self.index.beginning(word)] if last else []
            yield [(tokens(word), 1.0), *endings]

    def _best(self, group: Group) -> dict[int, float]:
        """One concept counts once, by whichever of its terms says most."""
        best: dict[int, float] = {}
        for alternative, weight in group:
            parts = [self.index.score(token) for token in dict.fromkeys(alternative)]
            for document in set().union(*parts):
                held = sum(document in part for part in parts) / len(parts)
                score = sum(part.get(document, 0.0) for part in parts) * held**2 * weight
                best[document] = max(best.get(document, 0.0), score)
        return best

    # -- documents

    def _documents(self) -> Iterator[tuple[Kind, str, list[tuple[str, float]]]]:
        vocabulary = self.register.vocabulary
        for name, topic in vocabulary.topics.items():
            yield "topic", name, [(text, TITLE) for text in topic.label.values()]
        for code, place in vocabulary.jurisdictions.items():
            yield "country", code, [(text, TITLE) for text in (*place.label.values(), code, place.iso2 or "")]
        for instrument in self.register.instruments.values():
            yield "instrument", instrument.id, self._instrument(instrument)
            for name in instrument.provisions:
                yield "provision", f"{instrument.id}.{name}", self._provision(instrument, name)

    def _instrument(self, instrument: Instrument) -> list[tuple[str, float]]:
        fields = [(text, TITLE) for text in instrument.title.values()]
        fields += [(text, TEXT) for text in (instrument.summary or {}).values()]
        numbers = [source.number for source in instrument.sources.values() if source.number]
        return [
            *fields,
            *self._around(instrument, instrument.topics),
            *((number, NAMES) for number in dict.fromkeys(numbers)),
        ]

    def _provision(self, instrument: Instrument, name: str) -> list[tuple[str, float]]:
        provision = instrument.provisions[name]
        fields = [(text, TITLE) for text in provision.title.values()]
        fields += [(text, TEXT) for text in (provision.summary or {}).values()]
        fields += [(text, TEXT) for text in instrument.title.values()]
        asks = [self.register.vocabulary.asks[ask] for ask in provision.asks if ask in self.register.vocabulary.asks]
        fields += [(text, TEXT) for ask in asks for text in ask.label.values()]
        return [*fields, *self._around(instrument, instrument.topics_of(name)), (provision.authority or "", NAMES)]

    def _around(self, instrument: Instrument, topics: tuple[str, ...]) -> list[tuple[str, float]]:
        vocabulary = self.register.vocabulary
        place = vocabulary.jurisdictions.get(instrument.jurisdiction)
        labels = [vocabulary.topics[topic].label for topic in topics if topic in vocabulary.topics]
        named = [text for label in labels for text in label.values()]
        named += [*(place.label.values() if place else ()), instrument.issuer or ""]
        return [(text, NAMES) for text in named]
