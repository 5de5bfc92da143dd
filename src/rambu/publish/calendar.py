"""The calendar of a profile: deadlines, rules that begin or end, rates that change, each with a warning ahead.

The same profile gives the same UIDs, so that importing again updates. Deadlines of the coming years are found by asking
the rules again in each of them, and not by repeating this year's day.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from rambu.assess import Answer, Assessment, Finding
from rambu.compare import days_of
from rambu.engine import Assessing
from rambu.errors import RambuError
from rambu.expressions.subject import Subject
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
    subjects = {subject.name: subject for subject in profile.all_subjects()}
    owed = [one for one in _kept(found) if one.subject in subjects and any(_is_due(answer) for answer in one.answers)]
    for years in range(1, YEARS):
        later = Assessing(rules, _years_on(found.as_of, years), found.known_on)
        for one in owed:
            days |= {day for day in _later(later, subjects[one.subject], one) if day.day >= found.as_of}
    ends = {(entry.address, entry.subject, entry.day) for entry in days if entry.kind in ("begins", "ends")}
    return sorted(day for day in days if day.kind != "changes" or (day.address, day.subject, day.day) not in ends)


def _later(later: Assessing, subject: Subject, one: Finding) -> Iterator[Entry]:
    """The deadlines of a duty that applies now as they fall in a later year, if it is still in force then.

    Whether it still applies turns on facts of years that nobody knows yet; a warning for nothing is the lesser harm.
    """
    if later.outcome(subject, one.address).life.phase not in ("in_force", "unknown"):
        return
    for answer in one.answers:
        if _is_due(answer):
            span = later.own_value(later.reading(subject, one.address), one.address, answer.name)
            if span.point and span.low is not None:
                yield Entry(date.fromordinal(int(span.low)), "due", one.address, one.subject)


def _is_due(answer: Answer) -> bool:
    return answer.name == DUE and answer.value.unit == "date"


def _kept(found: Assessment) -> Iterator[Finding]:
    for one in found.findings:
        if one.subject_kind != "country" and sort_of(one) in ("to_do", "money", "opportunities", "coming"):
            yield one


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _of(rules: Rules, found: Assessment, after: date) -> Iterator[Entry]:
    for one in _kept(found):
        for kind, day in _days(rules, one, found):
            if day >= after:
                yield Entry(day, kind, one.address, one.subject)


def _days(rules: Rules, one: Finding, found: Assessment) -> Iterator[tuple[Kind, date]]:
    spans = [answer.span for answer in one.answers if _is_due(answer)]
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
    made.add("x-wr-calname", _plain(f"Rambu: {found.profile}"))
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
        country = wording.register.instrument(one.address.file).jurisdiction
        title = wording.say(TITLES[one.kind], title=f"{country} · {wording.title(one.address)}")
        title = _plain(f"{title} ({wording.subject_named(one.subject)})")
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
    return "\n".join(_plain(part) for part in parts if part)


def _plain(text: str) -> str:
    """Without control characters, which the format forbids."""
    return "".join(letter if letter >= " " else " " for letter in text)
