"""Cases, coverage and practices: how the register is tested, what was searched, what is done beyond the law."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from rambu.model.base import Day, FileId, Identifier, Jurisdiction, Record, Words, as_text
from rambu.model.instrument import Source
from rambu.model.value import Leaf

Verdict = Literal["applies", "does_not_apply", "unknown"]
Phase = Literal["proposed", "coming", "in_force", "suspended", "exhausted", "ended", "never", "not_known", "unknown"]


class Expected(Record):
    """What the source says about one provision; what it does not say is left out."""

    verdict: Verdict | None = None
    phase: Phase | None = None
    values: dict[str, Leaf] = {}
    missing: tuple[str, ...] = ()
    start: Day | None = None
    end: Day | None = None


class Case(Record):
    """One worked example: a profile and a day, and what the source says about it."""

    name: str
    source: str | Source
    locator: Annotated[str, BeforeValidator(lambda given: str(as_text(given)))] | None = None
    why: str | None = None
    profile: dict[str, Any]
    as_of: Day
    known_on: Day | None = None
    expect: Annotated[dict[str, Expected], Field(min_length=1)]


class CaseFile(Record):
    """The cases of one instrument, typed from the source by somebody who did not write the instrument."""

    instrument: FileId
    checked_by: str
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]


class TopicCoverage(Record):
    """What was searched for one topic in one jurisdiction, and with what result."""

    state: Literal["covered", "partial", "none_found", "not_searched"]
    searched_on: Day | None = None
    queries: tuple[str, ...] = ()
    nearest: str | None = None
    missing: str | None = None
    starts: Annotated[Day | None, Field(alias="from", default=None)]
    until: Day | None = None
    sources_until: Day | None = None


class Coverage(Record):
    """Coverage of one jurisdiction, topic by topic."""

    jurisdiction: Jurisdiction
    topics: dict[str, TopicCoverage]


class Achieved(Record):
    """What a practice achieved, in a figure that a source gives."""

    what: Words
    figure: Leaf
    unit: str
    year: int | None = None
    source: str


class Practice(Record):
    """One thing that a company, exchange or agency does well beyond the law."""

    id: FileId
    jurisdiction: Jurisdiction
    who: str
    title: Words
    summary: Words
    topics: tuple[str, ...]
    sectors: tuple[Identifier, ...] = ()
    since: int | None = None
    achieved: tuple[Achieved, ...] = ()
    sources: Annotated[dict[str, Source], Field(min_length=1)]
