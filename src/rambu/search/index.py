"""A small inverted index in memory: which documents hold a token, and how much it says (BM25 over weighted fields)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log

from rambu.search.tokens import tokens

SATURATION, LENGTH = 1.2, 0.6
MOST_ENDINGS = 40  # words that a beginning may stand for


@dataclass
class Index:
    """Documents by number."""

    postings: dict[str, dict[int, float]] = field(default_factory=dict)
    lengths: list[float] = field(default_factory=list)
    _sorted: list[str] = field(default_factory=list)

    def add(self, fields: Iterable[tuple[str, float]]) -> None:
        """One more document: its texts, each with a weight."""
        number, counted = len(self.lengths), Counter[str]()
        for text, weight in fields:
            for token in tokens(text):
                counted[token] += weight  # type: ignore[assignment]
        for token, amount in counted.items():
            self.postings.setdefault(token, {})[number] = amount
        self.lengths.append(float(sum(counted.values())))

    def score(self, token: str) -> Mapping[int, float]:
        """Document -> how much the token says about it."""
        held = self.postings.get(token, {})
        if not held:
            return {}
        rare = log(1 + (len(self.lengths) - len(held) + 0.5) / (len(held) + 0.5))
        mean = sum(self.lengths) / len(self.lengths)
        return {
            number: rare * amount * (SATURATION + 1) / (amount + SATURATION * self._length(number, mean))
            for number, amount in held.items()
        }

    def _length(self, number: int, mean: float) -> float:
        return 1 - LENGTH + LENGTH * self.lengths[number] / mean

    def beginning(self, start: str) -> list[str]:
        """Tokens that begin so, for a word that is still being typed."""
        if not self._sorted:
            self._sorted = sorted(self.postings)
        place = bisect_left(self._sorted, start)
        found: list[str] = []
        while place < len(self._sorted) and self._sorted[place].startswith(start) and len(found) < MOST_ENDINGS:
            found.append(self._sorted[place])
            place += 1
        return found
