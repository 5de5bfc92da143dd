"""What every record of the register shares."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Language = str
Words = Annotated[dict[Language, str], Field(min_length=1, description="A text by language code")]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="small letters, digits, underscores")]
FileId = Annotated[str, Field(pattern=r"^[a-z]{3,5}/[a-z0-9][a-z0-9-]*$", description="<iso3>/<file name>")]
Jurisdiction = Annotated[str, Field(pattern=r"^([A-Z]{3}|ASEAN)$", description="ISO 3166-1 alpha-3, or ASEAN")]
Confidence = Literal["confirmed", "reported", "disputed"]

DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
YEAR = re.compile(r"^\d{4}$")


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def as_text(given: Any) -> Any:
    """A scalar as the file writes it: decimals and days keep their text, integers stay integers."""
    if isinstance(given, Decimal | date):
        return str(given)
    return given


EARLIEST = date(1900, 1, 1)  # stands for a first day that no source tells: some day before the ones that follow


def first_day(text: str) -> date:
    """The first day that a day, a bare year or a range of days may mean."""
    text = text.partition("..")[0]
    return date(int(text), 1, 1) if YEAR.match(text) else date.fromisoformat(text)


def last_day(text: str) -> date:
    """The last day that a day, a bare year or a range of days may mean."""
    text = text.rpartition("..")[2]
    return date(int(text), 12, 31) if YEAR.match(text) else date.fromisoformat(text)


def _day_text(given: Any) -> Any:
    text = str(given) if isinstance(given, date | int) else given
    ends = text.split("..") if isinstance(text, str) else []
    if len(ends) not in (1, 2) or not all(DAY.match(end) or YEAR.match(end) for end in ends):
        raise ValueError("a day is written 2025-03-31, or 2025 if only the year is known, or 2025-07-01..2025-09-30")
    if first_day(text) > last_day(text):
        raise ValueError("the range runs backwards")
    return text


Day = Annotated[str, BeforeValidator(_day_text), Field(description="YYYY-MM-DD, or YYYY if only the year is known")]


def word(words: Mapping[Language, str], language: Language) -> str:
    """The text in this language, else in English, else in whichever is there."""
    return words.get(language) or words.get("en") or next(iter(words.values()))
