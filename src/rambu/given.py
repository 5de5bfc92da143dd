"""What is given about a subject: numbers with units, money, days, ranges, categories; all complaints in one run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rambu.errors import Problem, likely
from rambu.expressions.facts import days_in
from rambu.expressions.resolve import AGGREGATES
from rambu.expressions.span import End, Span
from rambu.expressions.subject import Amount, Choice, Given, Plain, Series, Subject
from rambu.model.base import DAY, YEAR
from rambu.model.vocabulary import Fact
from rambu.register import Register
from rambu.units import ANY_MONEY, DATE, PLAIN, Measure, UnknownUnitError

Path = tuple[str | int, ...]
FIGURE = r"-?[0-9][0-9_]*(?:\.[0-9]+)?"
AMOUNT = re.compile(rf"^(?P<low>{FIGURE})?(?P<dots>\.\.)?(?P<high>{FIGURE})?(?:\s+(?P<unit>\S+))?$")
MONTH_DAY = re.compile(r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")
LONGEST_AMOUNT = 140  # characters, a range with its unit
NOT_NEGATIVE = ("count", "integer", "number", "money")


@dataclass
class FactReader:
    """Reads facts against a register's vocabulary; `home` is the instrument whose results may be named bare."""

    register: Register
    file: str = "profile"
    marks: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    home: str | None = None
    problems: list[Problem] = field(default_factory=list)

    def _give(self, subject: Subject, key: str, fact: Fact, value: object, path: Path) -> None:
        asked = "company" if key.rpartition("_")[2] in AGGREGATES and fact.sites else subject.kind
        if (
            asked == subject.kind
            and not fact.about(subject.kind)
            and key == key.removesuffix("_sum").removesuffix("_max").removesuffix("_any")
        ):
            self._complain(path, "subject", f"{key} is no fact of a {subject.kind}", f"give it to a {fact.subject}")
            return
        if isinstance(value, Mapping):
            subject.facts[key] = self._series(fact, value, path)
            return
        given = self._one(fact, value, path)
        if given is not None:
            subject.facts[key] = Series(undated=given) if fact.by_year else given

    def _series(self, fact: Fact, value: Mapping[str, object], path: Path) -> Series:
        years: dict[int, Given] = {}
        days: dict[date, Given] = {}
        for key, single in value.items():
            given = self._one(fact, single, (*path, key))
            if given is None:
                continue
            if YEAR.match(key):
                years[int(key)] = given
            elif DAY.match(key) and (day := self._date(key, (*path, key))):
                days[day] = given
            elif not DAY.match(key):
                self._complain((*path, key), "type", f"{key} is no year or day", "write 2025 or 2025-12-31")
        if not fact.by_year and years:
            self._complain(path, "type", "this fact does not change by year", "give one value")
        return Series(years, days)

    def _one(self, fact: Fact, value: object, path: Path) -> Given | None:
        match fact.type:
            case "boolean":
                return Plain(value) if isinstance(value, bool) else self._wrong(path, value, "true or false")
            case "category":
                return self._choice(fact, value, path)
            case "text":
                return Plain(value) if isinstance(value, str) else self._wrong(path, value, "a text")
            case "month_day":
                good = isinstance(value, str) and MONTH_DAY.match(value) and _exists(value)
                return Plain(str(value)) if good else self._wrong(path, value, "a month and day such as 12-31")
            case "date":
                return self._day_range(value, path)
        return self._number(fact, value, path)

    def _wrong(self, path: Path, value: object, wanted: str) -> Any:
        self._complain(path, "type", f"{_short(value)} is not {wanted}", f"write {wanted}")
        return None

    def _choice(self, fact: Fact, value: object, path: Path) -> Choice | None:
        items = value if isinstance(value, list) else [value]
        if isinstance(value, list) and not fact.many:
            self._wrong(path, value, "one category")
            return None
        chosen = [self._category(fact, item, path) for item in items]
        return None if None in chosen else Choice(tuple(name for name in chosen if name is not None))

    def _category(self, fact: Fact, item: object, path: Path) -> str | None:
        vocabulary = self.register.vocabulary
        tree = fact.tree or next((name for name, known in vocabulary.facts.items() if known is fact), "")
        text = str(item)
        for spelling in (text, text.lower(), text.lower().replace("-", "_")):
            if vocabulary.tree_of.get(spelling) == tree:
                return spelling
        if tree == "place" and text.upper() in vocabulary.jurisdictions:
            return vocabulary.jurisdictions[text.upper()].place
        known = [name for name, home in vocabulary.tree_of.items() if home == tree]
        self._unknown(path, text, known, "country or place" if tree == "place" else f"category of {tree}")
        return None

    def _day_range(self, value: object, path: Path) -> Amount | None:
        if isinstance(value, date):
            return Amount(Span(True, value.toordinal(), value.toordinal()), DATE, "date")
        low, dots, high = str(value).partition("..")
        ends = [self._date(part, path) if part else None for part in ((low, high) if dots else (low, low))]
        if not str(value).strip("."):
            self._wrong(path, value, "a day")
            return None
        first, last = (None if end is None else end.toordinal() for end in ends)
        return Amount(Span(True, first, last), DATE, "date")

    def _date(self, text: str, path: Path) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._complain(path, "date", f"{text} is no day that exists", "write a day as 2025-12-31")
            return None

    def _number(self, fact: Fact, value: object, path: Path) -> Amount | None:
        if isinstance(value, bool) or not isinstance(value, int | Decimal | str | Fraction):
            self._wrong(path, value, "a number")
            return None
        measure = (
            PLAIN
            if fact.type in ("count", "integer")
            else self.register.units.measure(fact.unit or ("money" if fact.type == "money" else "count"))
        )
        text = format(value, "f") if isinstance(value, Decimal) else str(value)
        amount = self._amount(text, measure, fact.unit or fact.type, path)
        if amount is not None and fact.type in NOT_NEGATIVE and (amount.span.low or amount.span.high or 0) < 0:
            self._complain(path, "negative", f"{value} is below zero", "give zero or more")
        if (
            amount is not None
            and fact.type == "integer"
            and not all(end is None or 1900 <= end <= 2200 for end in amount.span[1:3])
        ):
            self._complain(path, "range", f"{value} is no year", "write a year such as 2026")
        if (
            amount is not None
            and fact.type == "count"
            and not all(end is None or end == int(end) for end in amount.span[1:3])
        ):
            self._complain(path, "type", f"{value} is no whole number", "give a whole number")
        return amount

    def _amount(self, text: str, measure: Measure, unit: str, path: Path) -> Amount | None:
        if measure == DATE:
            return self._day_range(text, path)
        if len(text) > LONGEST_AMOUNT:
            self._complain(path, "too-long", "a number is too long", f"write at most {LONGEST_AMOUNT} characters")
            return None
        found = AMOUNT.match(text.strip())
        if (
            found is None
            or not (found["low"] or found["dots"] or found["high"])
            or (found["high"] and not found["dots"])
        ):
            self._wrong(path, text, "a number, a range such as 300..500, or a number with its unit")
            return None
        low, high = _exact(found["low"]), _exact(found["high"] if found["dots"] else found["low"])
        if low is not None and high is not None and low > high:
            self._complain(path, "range", f"{text} runs backwards", "write the smaller number first")
        written, given = found["unit"] or unit, measure
        if found["unit"]:
            given = self._unit(found["unit"], measure, path)
        elif measure.currency == ANY_MONEY:
            self._complain(
                path,
                "currency",
                f"{text} is money without a currency",
                "write it behind the number: 5_000_000 KRW",
            )
        return Amount(Span(True, low, high), given, written)

    def _unit(self, unit: str, wanted: Measure, path: Path) -> Measure:
        units = self.register.units
        try:
            given = units.measure(unit)
        except UnknownUnitError:
            known = [*units.currencies] if wanted.currency else list(self.register.vocabulary.units)
            self._unknown(path, unit, known, "currency" if wanted.currency else "unit")
            return wanted
        if not given.agrees(wanted):
            self._complain(path, "unit", f"{unit} does not measure this", "give a unit of the right kind")
        return given

    # -- complaints

    def _unknown(self, path: Path, word: str, known: list[str], what: str) -> None:
        guess = likely(word, known)
        self._complain(
            path,
            "unknown",
            f"unknown {what} {_short(word)}",
            f"did you mean {guess}?" if guess else "see `rambu facts`",
        )

    def _complain(self, path: Path, code: str, what: str, do: str) -> None:
        line, column = (0, 0)
        for length in range(len(path), -1, -1):
            if path[:length] in self.marks:
                line, column = self.marks[path[:length]]
                break
        self.problems.append(Problem(self.file, line, column, code, what, do))


def _exists(month_day: str) -> bool:
    """Whether a leap year has the day."""
    return int(month_day[3:]) <= days_in(2024, int(month_day[:2]))


def _exact(text: str | None) -> End:
    if not text:
        return None
    number = Fraction(text.replace("_", ""))
    return int(number) if number.denominator == 1 else number


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
