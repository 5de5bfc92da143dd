"""The calendar of a profile: deadlines, rules that begin or end, rates that change, each with a warning ahead.

The same profile gives the same UIDs, so that importing again updates. Deadlines of the coming years are found by asking
the rules again in each of them, and not by repeating this year's day.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from rambu.assess import Assessment, Finding, assess
from rambu.compare import days_of
from rambu.errors import RambuError
from rambu.profile import Profile
from rambu.publish.sorting import sort_of
from rambu.publish.wording import Wording
from rambu.publish.words import mark
from rambu.register import Address
from rambu.rules import Rules

YEARS = 3
Kind = Literal["due", "begins", "ends", "changes"]
AHEAD: dict[Kind, int] = {"due": 30, "begins": 90, "ends": 60, "changes": 30}  # days of warning
TITLES: dict[Kind, str] = {
    "due": mark("Due: {title}"),
    "begins": mark("Begins: {title}"),
    "ends": mark("Last day: {title}"),
    "changes": mark("Changes: {title}"),
}
DUE = "due"


class Entry(NamedTuple):
    """One day in the calendar."""

    day: date
    kind: Kind
    address: Address
    subject: str


def entries(rules: Rules, profile: Profile, found: Assessment) -> list[Entry]:
    """Every day of the profile that still lies ahead, in order, each once."""
    days = set(_of(rules, found, found.as_of))
    for years in range(1, YEARS):
        later = _years_on(found.as_of, years)
        again = assess(rules, profile, later, found.known_on, found.jurisdictions)
        days |= {entry for entry in _of(rules, again, found.as_of) if entry.kind == "due"}
    return sorted(days)


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _of(rules: Rules, found: Assessment, after: date) -> Iterator[Entry]:
    for one in found.findings:
        if one.subject_kind != "country" and sort_of(one) in ("to_do", "money", "opportunities", "coming"):
            for kind, day in _days(rules, one, found):
                if day >= after:
                    yield Entry(day, kind, one.address, one.subject)


def _days(rules: Rules, one: Finding, found: Assessment) -> Iterator[tuple[Kind, date]]:
    spans = [answer.span for answer in one.answers if answer.name == DUE and answer.value.unit == "date"]
    spans += [period.due for period in one.periods]
    for span in spans:
        if span.point and span.low is not None:
            yield "due", date.fromordinal(int(span.low))
    if one.phase == "coming" and one.start.point and one.start.low is not None:
        yield "begins", date.fromordinal(int(one.start.low))
    if one.end.point and one.end.low is not None:
        yield "ends", date.fromordinal(int(one.end.low))
    if one.phase == "in_force":
        yield from (("changes", day) for day in days_of(rules.rule(one.address), found.known_on) if day > found.as_of)


def ics(rules: Rules, profile: Profile, found: Assessment, wording: Wording) -> bytes:
    """The calendar file (iCalendar, RFC 5545); the same inputs give the same bytes. Raises RambuError if empty."""
    from icalendar import Calendar

    days = entries(rules, profile, found)
    if not days:
        what = "no deadline, beginning, end or change of this profile lies ahead"
        raise RambuError.of("no-event", what, "give more facts, or ask about another day")
    made: Any = Calendar()
    made.add("prodid", "-//Rambu//Rambu//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Rambu: {found.profile}")
    for event in _events(days, found, wording):
        made.add_component(event)
    for component in made.walk():
        if hasattr(component, "validate"):
            component.validate()
    return bytes(made.to_ical())


def _events(days: Iterable[Entry], found: Assessment, wording: Wording) -> Iterator[Any]:
    from icalendar import Alarm, Event

    stamp = datetime.combine(found.known_on, datetime.min.time(), UTC)
    for one in days:
        event = Event()
        title = wording.say(TITLES[one.kind], title=wording.title(one.address))
        event.add("uid", uid(found.profile, one))
        event.add("dtstamp", stamp)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", title)
        event.add("description", _description(one, wording))
        event.add("categories", [wording.country(wording.register.instrument(one.address.file).jurisdiction)])
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", timedelta(days=-AHEAD[one.kind]))
        event.add_component(alarm)
        yield event


def uid(profile: str, one: Entry) -> str:
    """The same for the same day's matter however often it is written; the year tells yearly ones apart."""
    key = "|".join((profile, one.subject, str(one.address), one.kind, str(one.day.year)))
    if one.kind == "changes":
        key += f"|{one.day.isoformat()}"
    return f"{sha256(key.encode()).hexdigest()[:32]}@rambu"


def _description(one: Entry, wording: Wording) -> str:
    register = wording.register
    instrument, provision = register.instrument(one.address.file), register.provision(one.address)
    source = instrument.sources.get(provision.at.source) if provision.at else None
    parts = [
        wording.of(provision.summary),
        provision.authority or "",
        wording.subject_named(one.subject),
        source.url if source else "",
        str(one.address),
    ]
    return "\n".join(part for part in parts if part)
