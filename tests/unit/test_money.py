"""Conversions are ranges: clear cases are decided, the others are asked."""

from datetime import date
from fractions import Fraction

from rambu.model.vocabulary import Rate
from rambu.money import Rates


def rate(low: str, high: str, start: str, end: str) -> Rate:
    """A rate of the currency EXD per US dollar."""
    return Rate.model_validate(
        {"currency": "EXD", "per": "USD", "from": start, "to": end, "low": low, "high": high, "source": "bank"}
    )


RATES = Rates(
    (
        rate("90", "100", "2025-01-01", "2025-06-30"),
        rate("110", "120", "2025-07-01", "2025-12-31"),
        rate("50", "50", "2021-01-01", "2021-12-31"),
    )
)


def test_the_range_of_twelve_months_widened_on_both_sides() -> None:
    assert RATES.factor("USD", "EXD", date(2025, 12, 31)) == (Fraction("85.5"), Fraction(126))
    assert RATES.factor("EXD", "USD", date(2025, 12, 31)) == (1 / Fraction(126), 1 / Fraction("85.5"))


def test_a_rate_of_the_future_does_not_count() -> None:
    assert RATES.factor("USD", "EXD", date(2025, 6, 30)) == (Fraction("85.5"), Fraction(105))


def test_an_old_rate_says_nothing() -> None:
    assert RATES.factor("USD", "EXD", date(2023, 12, 31)) == (Fraction("47.5"), Fraction("52.5"))
    assert RATES.factor("USD", "EXD", date(2024, 6, 1)) is None
    assert RATES.factor("USD", "XXX", date(2025, 6, 30)) is None
