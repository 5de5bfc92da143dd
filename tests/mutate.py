"""`make mutate`: every threshold, rate, sign and day of the register moved by one; a case must notice.

A mutant that no case notices is a survivor. A day moved so that no answer can show it is no survivor: it is compared
on the days around it, for everybody in the cases and for somebody unknown (a first dated entry that is never read
because the provision begins later, an entry into force that `from` overrules). Other survivors with a reason stand in
tests/mutation-reasons.yaml; any that is left makes the run fail.
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

from rambu.cases import run_cases, subjects_of
from rambu.engine import Assessing
from rambu.expressions.subject import Subject
from rambu.load import Loaded, load_folder, repository_register
from rambu.model.case import CaseFile
from rambu.model.instrument import Instrument
from rambu.profile import ProfileReader
from rambu.register import Address, Register
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
    where: str = ""

    @property
    def name(self) -> str:
        """Where and what, as the list of reasons writes it."""
        return f"{self.file} {'.'.join(map(str, self.path))} {self.what}"


def mutants(file: str, data: dict[str, Any]) -> Iterator[Mutant]:
    """Every mutant of one instrument."""
    for name, provision in data["provisions"].items():
        for path, key, part in _parts(provision, ("provisions", name)):
            for what, changed in _changes(path, key, part):
                yield Mutant(file, path, what, _with(data, path, key, changed), f"{key} {part} {changed}")
    for index, event in enumerate(data["history"]):
        if event["event"] == "in_force" and isinstance(event["date"], date):
            for what, day in _days(event["date"]):
                place: Path_ = ("history", index, "date")
                yield Mutant(file, place, what, _with(data, place, None, day), f"{event['date']} {day}")


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


def visible(mutant: Mutant, register: Register, subjects: list[Subject]) -> bool:
    """Whether a moved day changes any answer on the days around it."""
    days = [date.fromisoformat(text) for text in re.findall(r"\d{4}-\d{2}-\d{2}", mutant.where)]
    if not days:
        return True
    changed = Instrument.model_validate(mutant.data)
    altered = Register(register.version, register.vocabulary, {**register.instruments, mutant.file: changed}, {})
    around = {day + timedelta(days=step) for day in days for step in (-2, -1, 0, 1, 2)}
    return any(_answers(register, mutant, subjects, day) != _answers(altered, mutant, subjects, day) for day in around)


def _answers(register: Register, mutant: Mutant, subjects: list[Subject], day: date) -> list[object]:
    """Verdict, life and values of the file's provisions for every subject on a day."""
    assessing = Assessing(Rules(register), day, day)
    found: list[object] = []
    for name, provision in register.instruments[mutant.file].provisions.items():
        address = Address(mutant.file, name)
        for subject in (one for one in subjects if one.kind == provision.subject):
            outcome = assessing.outcome(subject, address)
            reading = assessing.reading(subject, address)
            values = [assessing.own_value(reading, address, value) for value in provision.values]
            dates = () if outcome.life.phase in ("not_known", "proposed") else (outcome.life.start, outcome.life.end)
            found.append((outcome.verdict, outcome.life.phase, *dates, values))
    return found


def people(register: Register, cases: CaseFile | None) -> list[Subject]:
    """Everybody in the cases of a file, and somebody of each kind of whom nothing is known."""
    kinds = ("company", "site", "vehicle", "project", "product", "person", "charger", "country")
    found = [Subject(kind, kind) for kind in kinds]
    for case in cases.cases if cases else ():
        profile = ProfileReader(register, case.name, {}, cases.instrument if cases else None).read(case.profile)
        found += subjects_of(Rules(register), cases.instrument if cases else "", profile)
    return found


def _is_day(mutant: Mutant) -> bool:
    return mutant.what.endswith(("a day later", "a day earlier"))


def run(loaded: Loaded, wanted: list[str]) -> tuple[Counter[str], Counter[str], list[Mutant]]:
    """Mutants tried by country, those that nobody could see, and the survivors."""
    cases = {file.instrument: file for file in loaded.register.cases}
    tried: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
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
        country = file.split("/", maxsplit=1)[0]
        group: list[Subject] = []
        for mutant in mutants(file, data):
            tried[country] += 1
            if not survives(mutant, loaded.register, cases.get(file)):
                continue
            group = group or people(loaded.register, cases.get(file))
            if _is_day(mutant) and not visible(mutant, loaded.register, group):
                hidden[country] += 1
            else:
                survivors.append(mutant)
    return tried, hidden, survivors


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
    tried, hidden, survivors = run(load_folder(folder), sys.argv[1:])
    accepted = reasons()
    unexplained = [mutant for mutant in survivors if not any(mutant.name.startswith(name) for name in accepted)]
    for mutant in unexplained:
        print("survivor:", mutant.name)
    left = Counter(mutant.file.split("/")[0] for mutant in survivors)
    for country, count in sorted(tried.items()):
        noticed = count - left[country] - hidden[country]
        print(f"{country}: {count} mutants, {noticed} noticed, {hidden[country]} invisible, {left[country]} survive")
    print(f"{sum(tried.values())} mutants, {len(survivors)} survivors, {len(unexplained)} without a reason")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
