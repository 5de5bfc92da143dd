"""A workbook of ours read back: the profile as plain data, and owner, status and remarks of what is to be done."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from rambu.errors import Problem, RambuError
from rambu.interview import known, value_of
from rambu.publish.workbook import KEPT, KEY, OWNER, written
from rambu.register import Register

SHEETS = 5
OURS = "Rambu: "
STEPS = re.compile(r"(?<!\\) / ")
Rows = list[tuple[str, ...]]
Remarks = dict[str, tuple[str, str, str]]


class Back(NamedTuple):
    """What a workbook held."""

    data: dict[str, Any]
    kept: Remarks
    profile: str


def read_back(content: bytes, register: Register, file: str = "workbook") -> Back:
    """Profile and remarks of a workbook. Raises RambuError with every complaint, by row."""
    title, profile, to_do = _opened(content, file)
    reading = _Reading(register, file)
    for number, row in enumerate(profile, 2):
        reading.take(number, (*row, "", "", "", "")[:4])
    if reading.problems:
        raise RambuError(reading.problems)
    return Back(reading.data, _remarks(to_do), title)


def _opened(content: bytes, file: str) -> tuple[str, Rows, Rows]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        title, sheets = str(book.properties.title or ""), [_rows(sheet) for sheet in book.worksheets[:3]]
        count = len(book.worksheets)
    except Exception as error:
        what = f"this is no Excel workbook ({type(error).__name__})"
        raise RambuError.of("workbook", what, "give one that rambu wrote", file) from None
    if count < SHEETS or not title.startswith(OURS):
        what = "this workbook is none that rambu wrote, or lacks its sheets"
        raise RambuError.of("workbook", what, "give one that rambu wrote, with its sheets in their order", file)
    return title.removeprefix(OURS), sheets[0], sheets[2]


def _rows(sheet: Any) -> Rows:
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return [tuple("" if cell is None else _typed(cell) for cell in row) for row in rows]


def _typed(cell: object) -> str:
    """A cell as a profile writes it: days as days, numbers without a tail of zeros."""
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float():
            return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    return written(cell)


@dataclass
class _Reading:
    """Puts facts back into their places, gathering complaints."""

    register: Register
    file: str
    data: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, number: int, row: tuple[str, ...]) -> None:
        """One row; one without fact and value only says that its subject is there."""
        where, fact, day, value = (cell.strip() for cell in row)
        if fact and not value:
            return
        home = self._home(number, where)
        if home is None or not fact:
            return
        meant = value if fact == "profile" else value_of(value, known(fact, self.register))
        if day:
            self._dated(number, home, fact, day, meant)
        elif fact in home:
            self._complain(number, f"{fact} stands twice", "keep one row, or give each its year")
        else:
            home[fact] = meant

    def _home(self, number: int, where: str) -> dict[str, Any] | None:
        home = self.data
        for step in (part.strip() for part in STEPS.split(where) if part.strip()):
            name = step.replace("\\/", "/").replace("\\\\", "\\")
            home = home.setdefault(name, {})
            if not isinstance(home, dict):
                self._complain(number, f"{name} is a fact and holds no others", "write the subject as elsewhere")
                return None
        return home

    def _dated(self, number: int, home: dict[str, Any], fact: str, day: str, meant: object) -> None:
        series = home.setdefault(fact, {})
        if not isinstance(series, dict):
            self._complain(number, f"{fact} stands once with a year and once without", "give every row its year")
        elif day in series:
            self._complain(number, f"{fact} of {day} stands twice", "keep one row")
        else:
            series[day] = meant

    def _complain(self, number: int, what: str, do: str) -> None:
        self.problems.append(Problem(self.file, number, 0, "workbook", what, do))


def _remarks(rows: Rows) -> Remarks:
    found: Remarks = {}
    for row in rows:
        cells = (*row, *[""] * (KEY + 1))[: KEY + 1]
        owner, status, remarks = cells[OWNER : OWNER + len(KEPT)]
        if cells[KEY] and any((owner, status, remarks)):
            found[cells[KEY]] = (owner, status, remarks)
    return found
