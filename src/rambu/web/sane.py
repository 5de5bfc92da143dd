"""What may not come in, whatever its format: too deep, too long, halves of letters, numbers without end."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rambu.errors import RambuError

DEEPEST = 30  # levels
LONGEST_TEXT = 500  # characters
LONGEST_NUMBER = 60  # digits
MOST_ENTRIES = 5000
MOST_SUBJECTS = 60


def sane(given: object) -> Any:
    """The same data, with exact numbers. Raises RambuError."""
    counted = [0]
    return _part(given, 0, counted)


def _part(given: object, depth: int, counted: list[int]) -> Any:
    counted[0] += 1
    if depth > DEEPEST or counted[0] > MOST_ENTRIES:
        raise RambuError.of(
            "too-large", "the profile is too deep or too long", "leave out what no rule asks for", "profile"
        )
    match given:
        case Mapping():
            return {_text(str(key)): _part(value, depth + 1, counted) for key, value in given.items()}
        case list() | tuple():
            return [_part(value, depth + 1, counted) for value in given]
        case str():
            return _text(given)
        case None:
            raise RambuError.of("null", "null is no answer", "leave out what is not known", "profile")
        case bool() | date():
            return given
    return _number(given)


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise RambuError.of("too-long", "a text is too long", f"write at most {LONGEST_TEXT} characters", "profile")
    if any("\ud800" <= letter <= "\udfff" or (letter < " " and letter not in "\n\t\r") for letter in text):
        raise RambuError.of("character", "a text holds a character that is none", "type it again", "profile")
    return text


def _number(given: object) -> int | Decimal:
    number = Decimal(repr(given)) if isinstance(given, float) else given
    if not isinstance(number, int | Decimal) or (isinstance(number, Decimal) and not number.is_finite()):
        raise RambuError.of("number", "this is no number", "write digits, with a point for decimals", "profile")
    size = number.adjusted() if isinstance(number, Decimal) else number.bit_length() // 3
    if abs(size) > LONGEST_NUMBER:
        raise RambuError.of("number", "a number is too long", f"write at most {LONGEST_NUMBER} digits", "profile")
    return Decimal(format(number, "f")) if isinstance(number, Decimal) else number
