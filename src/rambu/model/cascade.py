"""The order in which a country's law piles taxes on a vehicle, and what it takes off: one file a country."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from rambu.model.base import Day, Identifier, Jurisdiction, Record, Words, as_text
from rambu.model.instrument import At, Source
from rambu.model.value import Leaf

LineName = Literal[
    "import_duty", "other_import_tax", "excise", "surtax", "other_sales_tax", "vat", "acquisition_tax",
    "registration_fee", "first_registration_fee", "quota_certificate", "rebate", "subsidy", "local_subsidy",
    "annual_tax", "annual_surtax", "road_charge",
]  # fmt: skip
Effect = Literal["rate_becomes", "points_off", "share_off", "share_paid", "money_off"]
Reference = Annotated[
    str, Field(pattern=r"^[a-z]{3,5}/[a-z0-9-]+\.[a-z0-9_]+\.[a-z0-9_]+$", description="file/id.provision.value")
]


class Relief(Record):
    """A value of a provision that makes a line smaller, and how."""

    rule: Reference
    effect: Effect


class Line(Record):
    """One tax, fee or benefit, on what it is reckoned, and the values that set it.

    `applies_to`: only vehicles of these categories know the line at all. `complete_for`: for vehicles of these
    categories the charges named are all that the law has, so that none of them applying means none; for all others
    it means that the register has no rule. `one_of`: exactly one of the charges applies to any vehicle of the line, so
    that those which may apply are alternatives and not summed.
    """

    line: LineName
    topic: str
    benefit: bool = False
    yearly: bool = False
    applies_to: dict[Identifier, tuple[Identifier, ...]] = {}
    complete_for: dict[Identifier, tuple[Identifier, ...]] = {}
    base: tuple[Identifier, ...] = ()
    charges: tuple[Reference, ...] = ()
    one_of: bool = False
    reliefs: tuple[Relief, ...] = ()
    at: At | None = None
    note: Words | None = None


class Worked(Record):
    """One cascade that somebody reckoned by hand from the law's text."""

    name: str
    by: str
    source: str
    locator: Annotated[str, BeforeValidator(lambda given: str(as_text(given)))] | None = None
    why: str
    profile: dict[str, Any]
    as_of: Day
    expect: Annotated[dict[LineName, Leaf], Field(min_length=1)]
    on_the_road: Leaf | None = None


class Cascade(Record):
    """What a vehicle pays and receives in one jurisdiction, line by line in the order of its law."""

    jurisdiction: Jurisdiction
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    sources: dict[str, Source] = {}
    derives: dict[Identifier, tuple[Identifier, ...]] = {}
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    worked: tuple[Worked, ...] = ()
