"""An answer as an Excel workbook: the profile (to be changed and read back), findings, to-do list, sources.

A cell that begins with = + - or @ is written as text, so that no spreadsheet reckons with what a profile holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from rambu.assess import Answer, Assessment, Finding
from rambu.interview import known
from rambu.model.base import DAY, YEAR
from rambu.publish.answer import order
from rambu.publish.entries import DUE, Entries
from rambu.publish.sorting import sort_of
from rambu.publish.wording import Wording
from rambu.publish.words import FORCES, KINDS, PHASES, VERDICTS, mark

PROFILE, FINDINGS, TODO, SOURCES, ABOUT = (
    mark("Profile"), mark("Findings"), mark("To do"), mark("Sources"), mark("About"),
)  # fmt: skip
KEPT = (mark("Owner"), mark("Status"), mark("Remarks"))
SEPARATOR = " / "
OWNER, KEY = 7, 10  # columns of the to-do list that are read back
EPOCH = date(2026, 1, 1)
Cell = str | int | float | None
Kept = Mapping[str, tuple[str, str, str]]


@dataclass
class Sheet:
    """One sheet: its head, its rows, the widths of its columns in letters."""

    name: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)


def workbook(
    found: Assessment, data: Mapping[str, Any], wording: Wording, version: str, kept: Kept | None = None
) -> bytes:
    """The file; `kept` are owner, status and remarks of things to do, by their keys, from an earlier one."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"title": f"Rambu: {found.profile}", "author": "Rambu", "created": EPOCH})
    for sheet in sheets(found, data, wording, version, kept or {}):
        _write(book, sheet)
    book.close()
    return out.getvalue()


def sheets(found: Assessment, data: Mapping[str, Any], wording: Wording, version: str, kept: Kept) -> list[Sheet]:
    """Everything that the workbook holds."""
    entries = Entries(wording)
    return [
        _profile(data, wording),
        _findings(found, wording, entries),
        _to_do(found, wording, entries, kept),
        _sources(wording, entries),
        _about(found, wording, version),
    ]


def _write(book: Any, sheet: Sheet) -> None:
    bold = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width, plain)
    for column, text in enumerate(sheet.head):
        page.write_string(0, column, text, bold)
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _cell(page, number, column, cell, plain)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.head) - 1)


def _cell(page: Any, row: int, column: int, cell: Cell, plain: Any) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, plain)
    elif cell is not None:
        page.write_number(row, column, cell, plain)


# -- the sheets


def _profile(data: Mapping[str, Any], wording: Wording) -> Sheet:
    head = (wording.say("Subject"), wording.say("Fact"), wording.say("Year or day"), wording.say("Value"),
            wording.say("What it means"))  # fmt: skip
    return Sheet(wording.say(PROFILE), head, (34, 26, 14, 30, 50), list(_flat(data, (), wording)))


def _flat(data: Mapping[str, Any], path: tuple[str, ...], wording: Wording) -> Iterator[tuple[Cell, ...]]:
    """A row for every fact: where it stands, its name, its year, its value as a profile writes it."""
    place = SEPARATOR.join(escaped(step) for step in path)
    if not data and path:
        yield place, "", "", "", ""
    for key, value in data.items():
        name = str(key)
        fact = known(name, wording.register) is not None or name == "profile"
        if isinstance(value, Mapping) and value and fact and all(_dated(part) for part in value):
            for day, single in value.items():
                yield place, name, str(day), written(single), wording.fact(name)
        elif isinstance(value, Mapping):
            yield from _flat(value, (*path, name), wording)
        else:
            label = wording.fact(name) if name in wording.vocabulary.facts or "/" in name else ""
            yield place, name, "", written(value), label


def escaped(name: str) -> str:
    """A name whose strokes do not part a path."""
    return name.replace("\\", "\\\\").replace("/", "\\/")


def _dated(key: object) -> bool:
    return bool(YEAR.match(str(key)) or DAY.match(str(key)))


def written(value: object) -> str:
    """A value as a profile writes it, lists with commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(written(part) for part in value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _findings(found: Assessment, wording: Wording, entries: Entries) -> Sheet:
    head = tuple(wording.say(text) for text in (
        mark("Country"), mark("Rule"), mark("Verdict"), mark("Phase"), mark("Kind"), mark("Subject"), mark("From"),
        mark("Until"), mark("Value"), mark("Lowest"), mark("Highest"), mark("Unit"), mark("Needs"), mark("Authority"),
        mark("Sources"), mark("Identity"),
    ))  # fmt: skip
    sheet = Sheet(wording.say(FINDINGS), head, (14, 44, 14, 12, 12, 18, 13, 13, 16, 16, 16, 12, 36, 28, 10, 44))
    for one in sorted(found.findings, key=lambda one: (one.jurisdiction, str(one.address), one.subject)):
        sheet.rows.extend(_finding(one, wording, entries))
    return sheet


def _finding(one: Finding, wording: Wording, entries: Entries) -> Iterator[tuple[Cell, ...]]:
    """A row for every value of a finding; one without values where there is none."""
    start, end = (_day(span) for span in (one.start, one.end))
    needs = wording.all_lacking(one.missing)
    first = (wording.country(one.jurisdiction), wording.of(one.provision.title), wording.say(VERDICTS[one.verdict]),
             wording.say(PHASES[one.phase]), wording.say(KINDS[one.provision.kind]), wording.subject_named(one.subject),
             start, end)  # fmt: skip
    for answer in one.answers or (None,):
        value = ("", None, None, "") if answer is None else _value(answer, wording)
        cited = (entries.references.of_provision(wording.register, one.address) if answer is None
                 else entries.references.cite(answer.source, answer.locator))  # fmt: skip
        yield (*first, *value, needs, one.provision.authority or "", cited.strip(), f"{one.address} {one.subject}")


def _day(span: Any) -> str:
    return date.fromordinal(int(span.low)).isoformat() if span.point and span.low is not None else ""


def _value(answer: Answer, wording: Wording) -> tuple[Cell, Cell, Cell, Cell]:
    """Name, lowest and highest as numbers (days as text), unit."""
    name, unit = wording.measure(answer.name), answer.value.unit
    if answer.span.words or unit == "date":
        text = wording.span(answer.span, unit)
        return name, text, text, unit
    ends = [None if end is None else float(end) for end in (answer.span.low, answer.span.high)]
    if answer.span.exists is False:
        return name, wording.say("none"), wording.say("none"), unit
    return name, ends[0], ends[1], unit


def _to_do(found: Assessment, wording: Wording, entries: Entries, kept: Kept) -> Sheet:
    head = tuple(wording.say(text) for text in (
        mark("What"), mark("Due"), mark("Country"), mark("Subject"), mark("Binding"), mark("By when, how much"),
        mark("Authority"), *KEPT, mark("Identity"), mark("Phase"), mark("In force since"),
    ))  # fmt: skip
    sheet = Sheet(wording.say(TODO), head, (44, 12, 14, 18, 16, 44, 28, 18, 14, 40, 44, 12, 14))
    for one in sorted((one for one in found.findings if sort_of(one) in ("to_do", "money", "coming")), key=order):
        entry = entries.entry(one)
        figures = "; ".join(f"{figure.label}: {figure.text}" for figure in entry.figures)
        key = f"{one.address} {one.subject}"
        sheet.rows.append((
            entry.title, _due(one), wording.country(one.jurisdiction), wording.subject_named(one.subject),
            wording.say(FORCES[one.provision.force]), figures, one.provision.authority or "",
            *kept.get(key, ("", "", "")), key, wording.say(PHASES[one.phase]), _day(one.start),
        ))  # fmt: skip
    for key in kept.keys() - {str(row[KEY]) for row in sheet.rows}:
        gone = ["", ""] + [""] * (len(head) - 2)
        gone[0], gone[OWNER : OWNER + len(KEPT)], gone[KEY] = wording.say("No longer asked"), kept[key], key
        sheet.rows.append(tuple(gone))
    return sheet


def _due(one: Finding) -> str:
    """The next deadline as a day that sorts; nothing where there is none or it is open."""
    spans = [answer.span for answer in one.answers if answer.name == DUE and answer.value.unit == "date"]
    known = [int(span.low) for span in (*spans, *(period.due for period in one.periods)) if span.low is not None]
    return date.fromordinal(min(known)).isoformat() if known else ""


def _sources(wording: Wording, entries: Entries) -> Sheet:
    head = (wording.say("Number"), wording.say("Title"), wording.say("Publisher"), wording.say("Kind"),
            wording.say("Place"), wording.say("Address"))  # fmt: skip
    sheet = Sheet(wording.say(SOURCES), head, (8, 60, 30, 18, 24, 60))
    for one in entries.references.all():
        sheet.rows.append(
            (one.number, one.source.title, one.source.publisher, one.kind, one.locator or "", one.source.url)
        )
    return sheet


def _about(found: Assessment, wording: Wording, version: str) -> Sheet:
    sheet = Sheet(wording.say(ABOUT), (wording.say("Name"), wording.say("Value")), (30, 60))
    sheet.rows = [
        (wording.say("Profile"), found.profile),
        (wording.say("As of"), found.as_of.isoformat()),
        (wording.say("Known on"), found.known_on.isoformat()),
        (wording.say("Register"), found.register_version),
        ("Rambu", version),
        ("", wording.say("This is information with its sources, not legal advice.")),
    ]
    return sheet
