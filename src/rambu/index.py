"""An index of how binding rules are: weights that are shown and can be turned, and the band that others would give.

A topic counts 1 where something is mandatory, 2/3 comply or explain, 1/3 voluntary, 0 where nothing binds; a topic that
was not searched counts for nothing, not for 0. A group is the mean of its topics, the index the weighted mean of its
groups. The band is what the index would be if every weight were anything from half to double.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from rambu.compare import CellState, Day

BINDS: dict[CellState, Fraction] = {
    "mandatory": Fraction(1), "comply_or_explain": Fraction(2, 3), "voluntary": Fraction(1, 3),
    "open": Fraction(0), "closed": Fraction(0), "noted": Fraction(0), "coming": Fraction(0), "none_found": Fraction(0),
}  # fmt: skip
TURN = 2  # a weight may be this many times larger or smaller


class Score(NamedTuple):
    """One country: index and band from 0 to 1, the groups that it rests on, and the topics that were not searched."""

    jurisdiction: str
    share: Fraction
    low: Fraction
    high: Fraction
    groups: tuple[tuple[str, Fraction], ...]
    unsearched: tuple[str, ...]


def scores(day: Day, jurisdictions: Iterable[str], weights: Mapping[str, Fraction]) -> list[Score]:
    """The index of every country, in the order given; countries of which nothing was searched are left out."""
    found = [_score(day, code, weights) for code in jurisdictions]
    return [score for score in found if score is not None]


def _score(day: Day, code: str, weights: Mapping[str, Fraction]) -> Score | None:
    groups: dict[str, list[Fraction]] = {}
    unsearched = []
    for name, topic in day.comparison.register.vocabulary.topics.items():
        if not weights.get(topic.group):
            continue
        state = day.cell(name, code).state
        if state in BINDS:
            groups.setdefault(topic.group, []).append(BINDS[state])
        else:
            unsearched.append(name)
    means = tuple((group, sum(parts, Fraction(0)) / len(parts)) for group, parts in sorted(groups.items()))
    if not means:
        return None
    pairs = [(weights[group], mean) for group, mean in means]
    return Score(code, mean_of(pairs), *band(pairs), means, tuple(unsearched))


def mean_of(pairs: list[tuple[Fraction, Fraction]]) -> Fraction:
    """The weighted mean of (weight, value) pairs."""
    whole = sum((weight for weight, _ in pairs), Fraction(0))
    return sum((weight * value for weight, value in pairs), Fraction(0)) / whole


def band(pairs: list[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    """Least and greatest mean when every weight may be from half to double.

    The extremes lie where the weights of all values on one side of a cut are doubled and those of the rest are halved.
    """
    cuts = sorted({value for _, value in pairs})
    means = [mean_of([(_turned(weight, value >= cut), value) for weight, value in pairs]) for cut in cuts]
    means += [mean_of([(_turned(weight, value <= cut), value) for weight, value in pairs]) for cut in cuts]
    return min(means), max(means)


def _turned(weight: Fraction, up: bool) -> Fraction:
    return weight * TURN if up else weight / TURN
