"""Instruments and their provisions."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from rambu.model.base import Confidence, Day, FileId, Identifier, Jurisdiction, Record, Words, as_text
from rambu.model.value import Node, Value

InstrumentKind = Literal[
    "act", "decree", "circular", "decision", "exchange_rule", "code", "guideline", "standard", "plan", "scheme",
    "agreement", "notice",
]  # fmt: skip
ProvisionKind = Literal["duty", "ban", "charge", "incentive", "target", "opportunity", "status", "penalty", "figure"]
SubjectKind = Literal["company", "site", "vehicle", "project", "product", "person", "charger", "country"]
Clock = Literal[
    "as_of", "fy_start", "fy_end", "year", "registration_date", "contract_date", "import_date", "delivery_date",
    "application_date", "event_date",
]  # fmt: skip
EventKind = Literal[
    "proposed", "adopted", "promulgated", "in_force", "amended", "delayed", "suspended", "resumed", "exhausted",
    "repealed", "expired", "withdrawn",
]  # fmt: skip
SourceKind = Literal["official", "issuer", "reprint", "professional", "institution", "press", "other"]
Extent = Literal["anywhere"] | tuple[str, ...]


def _bare_text(given: Any) -> Any:
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else as_text(given)


Dates = Annotated[Node, BeforeValidator(_bare_text)]


class Source(Record):
    """Where a fact was read. Its kind follows from the table of publishers."""

    title: str
    publisher: str
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    accessed: Day
    date: Day | None = None
    number: Annotated[str, BeforeValidator(_bare_text)] | None = None
    kind: SourceKind | None = None


class Event(Record):
    """One step in the life of an instrument, for the whole of it or for some of its provisions."""

    date: Day
    event: EventKind
    source: str
    locator: str | None = None
    provisions: tuple[str, ...] = ()
    announced: Day | None = None
    note: str | None = None


class At(Record):
    """Source and locator that every part without a source of its own inherits."""

    source: str
    locator: Annotated[str, BeforeValidator(_bare_text)] | None = None


class Quota(Record):
    """While funds or units last."""

    units: int | None = None
    budget: int | None = None
    unit: str | None = None
    per: str | None = None


class Review(Record):
    """When the file was checked, up to which day its sources speak, and when it is due again."""

    checked_on: Day
    sources_until: Day
    next_check: Day


class Provision(Record):
    """The unit that applies or does not."""

    kind: ProvisionKind
    title: Words
    summary: Words | None = None
    topics: tuple[str, ...] = ()
    subject: SubjectKind
    extent: Extent | None = None
    clock: Clock = "as_of"
    starts: Annotated[Dates | None, Field(alias="from", default=None)]
    until: Dates | None = None
    applies_when: str | None = None
    unless: str | None = None
    values: dict[Identifier, Value] = {}
    gives: str | None = None
    overrides: tuple[str, ...] = ()
    penalty_for: Annotated[str | None, Field(alias="for", default=None)]
    quota: Quota | None = None
    asks: tuple[str, ...] = ()
    force: Literal["mandatory", "comply_or_explain", "voluntary"] = "mandatory"
    authority: str | None = None
    at: At | None = None
    confidence: Confidence = "confirmed"

    @field_validator("overrides", mode="before")
    @classmethod
    def _one_or_many(cls, given: Any) -> Any:
        return (given,) if isinstance(given, str) else given


class Instrument(Record):
    """One law, decree, exchange rule, guideline, plan, scheme or agreement."""

    id: FileId
    kind: InstrumentKind
    jurisdiction: Jurisdiction
    extent: Extent | None = None
    issuer: str | None = None
    title: Words
    topics: Annotated[tuple[str, ...], Field(min_length=1)]
    summary: Words | None = None
    sources: Annotated[dict[str, Source], Field(min_length=1)]
    history: tuple[Event, ...]
    uses: dict[Identifier, FileId] = {}
    aliases: tuple[FileId, ...] = ()
    review: Review | None = None
    provisions: Annotated[dict[Identifier, Provision], Field(min_length=1)]

    def topics_of(self, name: str) -> tuple[str, ...]:
        """Topics of a provision: its own, else the instrument's."""
        return self.provisions[name].topics or self.topics

    def extent_of(self, name: str) -> Extent | None:
        """Where a provision reaches: its own extent, else the instrument's; None is the whole jurisdiction."""
        return self.provisions[name].extent or self.extent

    def source_of(self, provision: Provision, value: Value | None = None) -> str | None:
        """Name of the source behind a value or, without one, behind the provision."""
        if value is not None and value.source is not None:
            return value.source
        return provision.at.source if provision.at else None
