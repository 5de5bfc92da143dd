"""A dated value as a step chart: x in per cent and y in px, so that text keeps its size on a phone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from rambu.model.base import first_day
from rambu.model.value import Announced, Dated, Node
from rambu.publish.wording import Wording

TOP, BOTTOM = 30, 132  # px
LEFT, RIGHT = 2.0, 94.0  # per cent
NARROWEST = 9.0  # per cent between two labels
FEWEST = 2  # steps of a chart
Number = Decimal
Steps = list[tuple[date, Number | None]]


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle that days and numbers are laid into."""

    first: date
    last: date
    most: Number

    def x(self, day: date) -> float:
        """Per cent from the left."""
        whole = max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / whole, 2)

    def y(self, number: Number) -> float:
        """Px from the top."""
        return round(float(BOTTOM - (BOTTOM - TOP) * (number / self.most if self.most else 0)), 1)


def steps_of(node: Node | None, known_on: date) -> Steps:
    """Days and numbers of a value that depends on nothing but the day; else nothing."""
    tree = _heard(node, known_on)
    if not isinstance(tree, Dated):
        return []
    steps: Steps = []
    for day, below in sorted(tree.dated.items()):
        leaf = _heard(below, known_on)
        number = _number(leaf)
        if number is None and leaf == ".." and not steps:
            continue
        if number is None and leaf != "none":
            return []
        steps.append((first_day(day), number))
    return steps


def _heard(node: Node | None, known_on: date) -> Any:
    if isinstance(node, Announced):
        heard = [below for day, below in sorted(node.announced.items()) if first_day(day) <= known_on]
        return heard[-1] if heard else None
    return node


def _number(leaf: Any) -> Number | None:
    try:
        found = Decimal(str(leaf)) if isinstance(leaf, int | str) else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and found >= 0 else None


def step_chart(steps: Steps, unit: str, as_of: date, end: date | None, words: Wording) -> dict[str, Any] | None:
    """Everything that the template draws; None where there is nothing to see."""
    numbers = [number for _, number in steps if number is not None]
    if len(steps) < FEWEST or not numbers:
        return None
    frame = Frame(min(steps[0][0], as_of), _last(steps, as_of, end), max(numbers))
    parts = [_step(frame, steps, place, as_of, end) for place in range(len(steps))]
    _spread(parts)
    for part, (_, number) in zip(parts, steps, strict=True):
        part["text"] = words.say("none") if number is None else f"{number:,}"
    return {
        "steps": parts,
        "today": frame.x(as_of),
        "unit": words.unit(unit),
        "bottom": BOTTOM,
        "sentence": _sentence(steps, unit, as_of, words),
    }


def _last(steps: Steps, as_of: date, end: date | None) -> date:
    last = max(steps[-1][0], as_of, end or as_of)
    whole = (last - min(steps[0][0], as_of)).days
    return date.fromordinal(min(last.toordinal() + max(whole // 8, 90), date.max.toordinal()))


def _step(frame: Frame, steps: Steps, place: int, as_of: date, end: date | None) -> dict[str, Any]:
    day, number = steps[place]
    later = steps[place + 1] if place + 1 < len(steps) else None
    until = later[0] if later else (min(end, frame.last) if end else frame.last)
    height = BOTTOM if number is None else frame.y(number)
    following = None if later is None or later[1] is None else frame.y(later[1])
    return {
        "day": day.isoformat(),
        "year": day.year,
        "x": frame.x(day),
        "to": frame.x(until),
        "y": height,
        "none": number is None,
        "next": following,
        "ahead": day > as_of,
        "label": True,
        "tick": True,
        "value": None if number is None else str(number),
    }


def _spread(parts: list[dict[str, Any]]) -> None:
    """Labels that would touch are left to the table."""
    shown = -100.0
    for part in parts:
        part["label"] = part["tick"] = part["x"] - shown >= NARROWEST
        if part["label"]:
            shown = part["x"]


def _sentence(steps: Steps, unit: str, as_of: date, words: Wording) -> str:
    told = [
        f"{words.day(day)}: {words.say('none') if number is None else f'{number:,} {words.unit(unit)}'.strip()}"
        for day, number in steps
    ]
    return "; ".join(told)
