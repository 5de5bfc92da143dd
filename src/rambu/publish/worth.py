"""`rambu worth`: taxes, fees and benefits of a vehicle line by line, in words, as rows and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rambu.expressions.span import NOTHING, ZERO, Span, add, opposite
from rambu.publish.as_json import missing as as_missing
from rambu.publish.as_json import span as as_span
from rambu.publish.layout import Line, columns, line
from rambu.publish.references import References
from rambu.publish.wording import Wording
from rambu.publish.words import PHASES, mark
from rambu.rules import Rules
from rambu.units import Measure
from rambu.worth import in_currency
from rambu.worth.lines import Part, Worth, WorthLine

OTHER_CURRENCIES = ("KRW", "USD")
WITHOUT_CENTS = ("IDR", "KHR")  # hundredths exist by law only; CLDR knows them, nobody pays in them
LINES = {
    "import_duty": mark("Import duty"),
    "other_import_tax": mark("Other tax on import"),
    "excise": mark("Excise"),
    "surtax": mark("Surtax"),
    "other_sales_tax": mark("Other sales tax"),
    "vat": mark("VAT or sales tax"),
    "acquisition_tax": mark("Acquisition or registration tax"),
    "registration_fee": mark("Registration fee"),
    "first_registration_fee": mark("Fee on first registration"),
    "quota_certificate": mark("Certificate of the quota"),
    "rebate": mark("Rebate"),
    "subsidy": mark("Subsidy"),
    "local_subsidy": mark("Local subsidy"),
    "annual_tax": mark("Annual tax"),
    "annual_surtax": mark("Surtax on the annual tax"),
    "road_charge": mark("Road charge"),
}
STATES = {
    "amount": "",
    "zero": mark("nothing to pay: set at 0"),
    "none": mark("none for this vehicle"),
    "ended": mark("ended"),
    "exhausted": mark("used up"),
    "suspended": mark("suspended"),
    "coming": mark("not yet"),
    "unknown": mark("cannot tell"),
    "no_rule": mark("no rule in the register"),
}
BENEFIT_ZERO = mark("nothing offered: set at 0")
SUMS = {
    "taxes": mark("Taxes and fees until it is on the road"),
    "offered": mark("Offered to the buyer"),
    "once": mark("Together: taxes and fees less what is offered"),
    "yearly": mark("Each year"),
}
EFFECTS = {
    "charge": mark("set by"),
    "rate_becomes": mark("rate changed by"),
    "points_off": mark("rate cut by"),
    "share_off": mark("cut by"),
    "share_paid": mark("cut by"),
    "money_off": mark("less"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page: what, how much, beside the combustion twin, in other currencies, and what it waits for."""

    key: str
    title: str
    amount: str
    twin: str
    others: tuple[str, ...]
    needs: str
    because: tuple[str, ...]
    benefit: bool
    yearly: bool


class WorthPage:
    """Words one worth, beside that of its combustion twin where there is one."""

    def __init__(
        self,
        rules: Rules,
        found: Worth,
        wording: Wording,
        twin: Worth | None = None,
        references: References | None = None,
    ) -> None:
        self.rules, self.found, self.wording, self.say = rules, found, wording, wording.say
        self.twin = {line.line.line: line for line in twin.lines} if twin else {}
        self.other = twin
        self.references = references or References(wording)

    def title(self) -> str:
        """Vehicle, country and day."""
        return self.say(
            "{vehicle} in {country} on {day}",
            vehicle=self.wording.subject(self.found.subject, "vehicle"),
            country=self.wording.country(self.found.jurisdiction),
            day=self.wording.day(self.found.as_of),
        )

    def rows(self) -> list[Row]:
        """Every line of the cascade."""
        return [self._row(one) for one in self.found.lines]

    def _row(self, one: WorthLine) -> Row:
        beside = self.twin.get(one.line.line)
        return Row(
            key=one.line.line,
            title=self.say(LINES[one.line.line]),
            amount=self.amount(one),
            twin=self.amount(beside) if beside else "",
            others=self.others(one.amount, one.line.yearly) if one.state == "amount" else (),
            needs=self._needs(one),
            because=tuple(self._because(one)),
            benefit=one.line.benefit,
            yearly=one.line.yearly,
        )

    def amount(self, one: WorthLine) -> str:
        """The sum of a line, or the word for why there is none."""
        if one.state == "amount":
            return self.money(one.amount, one.line.yearly)
        nothing_offered = one.state == "zero" and one.line.benefit
        return self.say(BENEFIT_ZERO) if nothing_offered else self.say(STATES[one.state])

    def money(self, span: Span, yearly: bool = False) -> str:
        """A sum in the country's currency."""
        unit = f"{self.found.currency}/year" if yearly else self.found.currency
        return self.wording.span(_outwards(span, _parts(self.found.currency)), unit, open_word=self.say("cannot tell"))

    def others(self, span: Span, yearly: bool = False) -> tuple[str, ...]:
        """The same sum in KRW and USD at the reference rates of the day; left out where no rate is known."""
        wanted = [currency for currency in OTHER_CURRENCIES if currency != self.found.currency]
        found = [(currency, in_currency(self.rules, span, self.found.currency, currency, self.found.as_of))
                 for currency in wanted]  # fmt: skip
        tail = "/year" if yearly else ""
        return tuple(self._about(other, currency + tail) for currency, other in found if other is not None)

    def _about(self, span: Span, unit: str) -> str:
        return self.wording.span(_outwards(span), unit, open_word=self.say("cannot tell"))

    def _needs(self, one: WorthLine) -> str:
        if not one.missing or one.state not in ("amount", "unknown"):
            return ""
        return self.say("needs: {facts}", facts=self.wording.all_lacking(one.missing))

    def _because(self, one: WorthLine) -> Iterator[str]:
        """The rules that set the line, with their values and sources."""
        for part in one.parts:
            if part.counts is not False or part.phase in ("ended", "exhausted", "suspended", "coming"):
                yield self._rule(part)
        if one.line.note:
            yield self.wording.of(one.line.note)

    def _rule(self, part: Part) -> str:
        unit = self.rules.rule(part.address).provision.values[part.value].unit
        if part.counts is False:
            phase = self.say(PHASES[part.phase])
            return self.say("{title}: {state}", title=self.wording.title(part.address), state=phase)
        value = self.wording.span(part.span, unit, open_word=self.say("cannot tell"))
        rule = self.say("{effect} {title}: {value}", effect=self.say(EFFECTS[part.effect]),
                        title=self.wording.title(part.address), value=value)  # fmt: skip
        return rule + self.references.cite(part.source, part.locator)

    # -- the sums

    def sums(self) -> list[Row]:
        """Taxes and fees, what is offered, the two together, and what is paid each year."""
        keys = [key for key in SUMS if key != "yearly" or any(one.line.yearly for one in self.found.lines)]
        return [self._sum(key) for key in keys]

    def _sum(self, key: str) -> Row:
        span, yearly = getattr(self.found, key), key == "yearly"
        others = self.others(span, yearly) if (span.low, span.high) != (None, None) else ()
        twin = self.money(getattr(self.other, key), yearly) if self.other else ""
        return Row(key, self.say(SUMS[key]), self.money(span, yearly), twin, others, "", (), False, yearly)

    def saving(self) -> str:
        """What the electric one saves against its twin, on the road; nothing where not even the sign is known."""
        if self.other is None:
            return ""
        span = _difference(self.found, self.other)
        bounded = span.low is not None and span.high is not None
        saves, costs = span.low is not None and span.low >= 0, span.high is not None and span.high <= 0
        return self.money(span) if bounded or saves or costs else ""

    # -- as text

    def lines(self) -> Iterator[Line]:
        """For a terminal, without the sources, which may be those of several pages."""
        yield line(0, self.title(), "head")
        if self.found.start.low is not None:
            yield line(2, f"{self.say('Reckoned on')}: {self.money(self.found.start)}", "quiet")
        if self.other is not None:
            yield line(2, self.say("First this vehicle, then after the stroke the same with a petrol engine."), "quiet")
        rows = [*self.rows(), *self.sums()]
        wide = max(columns(row.title) for row in rows) + 2
        for row in rows:
            style = "head" if row.key in SUMS else ""
            yield Line(2, ((row.title + " " * (wide - columns(row.title)), style), (_told(row), style)), wide)
            for text in (*row.because, *([row.needs] if row.needs else [])):
                yield line(6, text, "open" if text == row.needs else "quiet", 2)
        if (saved := self.saving()) != "":
            yield line(2, self.say("Saved against the combustion twin, on the road: {sum}", sum=saved), "good")

    # -- as JSON

    def as_json(self) -> dict[str, Any]:
        """Plain data: sums as exact numbers, or ranges; why a line has none as its state."""
        return worth_json(self.found, self.rules.register.units.measure(self.found.currency))

    def twin_json(self) -> dict[str, Any] | None:
        """The combustion twin as plain data."""
        return worth_json(self.other, self.rules.register.units.measure(self.found.currency)) if self.other else None


def worth_json(found: Worth, measure: Measure) -> dict[str, Any]:
    """One worth as plain data."""
    return {
        "subject": found.subject,
        "jurisdiction": found.jurisdiction,
        "currency": found.currency,
        "as_of": found.as_of.isoformat(),
        "start": as_span(found.start, measure, "unknown"),
        "lines": [_line_json(one, measure) for one in found.lines],
        **{key: as_span(getattr(found, key), measure, "unknown") for key in SUMS},
        "missing": as_missing(found.missing),
    }


def source_lines(references: References, wording: Wording) -> Iterator[Line]:
    """The sources that were cited, by number."""
    if references.all():
        yield line(0, wording.say("Sources"), "head")
    for one in references.all():
        parts = [one.source.title, one.source.publisher, one.kind, one.locator or ""]
        yield Line(2, ((f"[{one.number}] " + " · ".join(part for part in parts if part) + "  ", ""),
                       (one.source.url, "quiet")), 4)  # fmt: skip


def _told(row: Row) -> str:
    """The sum with what stands beside it."""
    others = f" ({'; '.join(row.others)})" if row.others else ""
    return row.amount + others + (f"  |  {row.twin}" if row.twin else "")


def _line_json(one: WorthLine, measure: Measure) -> dict[str, Any]:
    return {
        "line": one.line.line,
        "topic": one.line.topic,
        "benefit": one.line.benefit,
        "yearly": one.line.yearly,
        "state": one.state,
        "amount": as_span(one.amount, measure, "unknown") if one.state in ("amount", "zero") else None,
        "rules": [
            {
                "provision": str(part.address),
                "value": part.value,
                "effect": part.effect,
                "verdict": part.verdict,
                "phase": part.phase,
                "found": as_span(part.span, part.measure, "unknown"),
                "source": part.source.url if part.source else None,
                "locator": part.locator,
            }
            for part in one.parts
        ],
        "missing": as_missing(one.missing),
    }


def _difference(found: Worth, twin: Worth) -> Span:
    """Twin less the vehicle, over the lines that both have to the last unit or as bounded ranges."""
    beside = {one.line.line: one for one in twin.lines}
    counted = ZERO
    for one in found.lines:
        other = beside[one.line.line]
        if one.line.yearly:
            continue
        if "no_rule" in (one.state, other.state) and one.state == other.state:
            continue  # neither is known: left out on both sides, and said so beside the line
        counted = add(counted, add(other.owed, opposite(one.owed)))
    return counted if counted.exists else NOTHING


def _parts(currency: str) -> int:
    """How many of the smallest unit in use make one of a currency."""
    from babel.numbers import get_currency_precision

    return 1 if currency in WITHOUT_CENTS else int(10 ** get_currency_precision(currency))


def _outwards(span: Span, parts: int = 1) -> Span:
    """Ranges rounded away from their middle, to a part of the unit; a figure stays as it is."""
    if span.point:
        return span
    low = None if span.low is None else Fraction((span.low * parts).__floor__(), parts)
    high = None if span.high is None else Fraction((span.high * parts).__ceil__(), parts)
    return Span(span.exists, low, high, span.words)
