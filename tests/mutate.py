"""`make mutate [FILES]`: every threshold, rate, sign and day of the register moved by one; a case must notice.

A mutant that no case notices is a survivor. Survivors with a reason stand in tests/mutation-reasons.yaml; any other
makes the run fail.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rambu.cases import run_cases
from rambu.load import Loaded, load_folder, repository_register
from rambu.model.case import CaseFile
from rambu.model.instrument import Instrument
from rambu.register import Register
from rambu.rules import Rules
from rambu.strict_yaml import read_file

Path_ = tuple[str | int, ...]
REASONS = Path(__file__).with_name("mutation-reasons.yaml")
SIGN = re.compile(r"(>=|<=|>|<)(?!=)")
OTHER = {">=": ">", ">": ">=", "<=": "<", "<": "<="}
NUMBER = re.compile(r"^-?\d[\d_]*(\.\d+)?$")
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
CONDITIONS = ("applies_when", "unless", "when")
NO_FIGURES = ("text",)
SKIPPED = ("title", "summary", "at", "source", "locator", "printed", "note", "disputes", "quota", "unit", "months_note")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one instrument's data."""

    file: str
    path: Path_
    what: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """Where and what, as the list of reasons writes it."""
        return f"{self.file} {'.'.join(map(str, self.path))} {self.what}"


def mutants(file: str, data: dict[str, Any]) -> Iterator[Mutant]:
    """Every mutant of one instrument."""
    for name, provision in data["provisions"].items():
        for path, key, part in _parts(provision, ("provisions", name)):
            for what, changed in _changes(path, key, part):
                yield Mutant(file, path, what, _with(data, path, key, changed))
    for index, event in enumerate(data["history"]):
        if event["event"] == "in_force" and isinstance(event["date"], date):
            for what, day in _days(event["date"]):
                yield Mutant(file, ("history", index, "date"), what, _with(data, ("history", index, "date"), None, day))


def _parts(part: Any, path: Path_) -> Iterator[tuple[Path_, str | None, Any]]:
    """(path, key, value): leaves with key None, and keys of mappings that are days."""
    if isinstance(part, dict):
        for key, below in part.items():
            if key in SKIPPED or (key == "is" and part.get("unit") in NO_FIGURES):
                continue
            if DAY.match(str(key)):
                yield path, key, below
            yield from _parts(below, (*path, key))
    elif isinstance(part, list):
        for index, below in enumerate(part):
            yield from _parts(below, (*path, index))
    else:
        yield path, None, part


def _changes(path: Path_, key: str | None, part: Any) -> Iterator[tuple[str, Any]]:
    """Ways to move one part by one."""
    if key is not None:
        yield from ((f"{key} {what}", day.isoformat()) for what, day in _days(date.fromisoformat(key)))
    elif isinstance(part, date):
        yield from _days(part)
    elif isinstance(part, int | Decimal) and not isinstance(part, bool):
        step = Decimal(1).scaleb(part.as_tuple().exponent) if isinstance(part, Decimal) else 1  # type: ignore[arg-type]
        yield "+1", part + step
        yield "-1", part - step
    elif isinstance(part, str) and path[-1] in CONDITIONS:
        for found in SIGN.finditer(part):
            yield f"{found[1]} at {found.start()}", part[: found.start()] + OTHER[found[1]] + part[found.end() :]


def _days(day: date) -> Iterator[tuple[str, date]]:
    yield "a day later", day + timedelta(days=1)
    yield "a day earlier", day - timedelta(days=1)


def _with(data: dict[str, Any], path: Path_, key: str | None, changed: Any) -> dict[str, Any]:
    """The data with one part, or one key, changed."""
    fresh = deepcopy(data)
    place: Any = fresh
    for step in path if key is not None else path[:-1]:
        place = place[step]
    if key is None:
        place[path[-1]] = changed
    else:
        entries = {changed if old == key else old: part for old, part in place.items()}
        place.clear()
        place.update(entries)
    return fresh


def survives(mutant: Mutant, register: Register, cases: CaseFile | None) -> bool:
    """Whether no case notices; a mutant that does not load is noticed."""
    if cases is None:
        return True
    try:
        changed = Instrument.model_validate(mutant.data)
    except ValidationError:
        return False
    altered = Register(register.version, register.vocabulary, {**register.instruments, mutant.file: changed}, {})
    return not any(tried.mismatches for tried in run_cases(Rules(altered), cases))


def run(loaded: Loaded, wanted: list[str]) -> tuple[Counter[str], list[Mutant]]:
    """Mutants tried by country, and the survivors."""
    cases = {file.instrument: file for file in loaded.register.cases}
    tried: Counter[str] = Counter()
    survivors = []
    for document in loaded.documents.values():
        data = document.data
        if (
            not isinstance(data, dict)
            or "provisions" not in data
            or (wanted and not str(data["id"]).startswith(tuple(wanted)))
        ):
            continue
        file = str(data["id"])
        for mutant in mutants(file, data):
            tried[file.split("/", maxsplit=1)[0]] += 1
            if survives(mutant, loaded.register, cases.get(file)):
                survivors.append(mutant)
    return tried, survivors


def reasons() -> dict[str, str]:
    """Survivors that are accepted, each with its reason; a key may be the beginning of a mutant's name."""
    if not REASONS.is_file():
        return {}
    data = read_file(REASONS).data
    assert isinstance(data, dict)
    return {str(name): str(reason) for name, reason in data.items()}


def main() -> int:
    """Run over the whole register, or over ids that begin as the arguments do."""
    folder = repository_register()
    assert folder is not None
    tried, survivors = run(load_folder(folder), sys.argv[1:])
    accepted = reasons()
    unexplained = [mutant for mutant in survivors if not any(mutant.name.startswith(name) for name in accepted)]
    for mutant in unexplained:
        print("survivor:", mutant.name)
    left = Counter(mutant.file.split("/")[0] for mutant in survivors)
    for country, count in sorted(tried.items()):
        print(f"{country}: {count} mutants, {count - left[country]} noticed, {left[country]} survive")
    print(f"{sum(tried.values())} mutants, {len(survivors)} survivors, {len(unexplained)} without a reason")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
