"""Exact numbers written out."""

from fractions import Fraction


def terminates(number: int | Fraction) -> bool:
    """Whether a number can be written out as a decimal."""
    rest = Fraction(number).denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def decimals(number: Fraction) -> str:
    """All decimals where they end, else the ratio."""
    if not terminates(number):
        return f"{number.numerator}/{number.denominator}"
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    digits = str(abs(number * 10**places).numerator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
