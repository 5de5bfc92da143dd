"""What a vehicle pays and receives in a country on a day: taxes piled up in the order of the law, less what is offered.

Every amount is a range in the country's own currency. A line whose rule waits for a fact spans everything that the fact
may make of it; what the register has no rule for is open above, so that the sum says "at least".
"""

from dataclasses import replace
from datetime import date

from rambu.assess import country
from rambu.engine import Assessing
from rambu.errors import RambuError
from rambu.expressions.span import Span, stretch
from rambu.expressions.subject import Choice, Given, Series, Subject
from rambu.rules import Rules
from rambu.worth.lines import Worth
from rambu.worth.reckoning import Reckoning

ELECTRIC_ONLY = frozenset({
    "battery_energy", "motor_power", "energy_efficiency", "electric_range", "battery_chemistry", "charging_power",
})  # fmt: skip


def worth(rules: Rules, vehicle: Subject, jurisdiction: str, as_of: date, known_on: date) -> Worth:
    """What a vehicle pays and receives there. Raises RambuError where the register has no order of taxes for it."""
    cascade = rules.register.cascades.get(jurisdiction)
    if cascade is None:
        what = f"the register has no order of vehicle taxes for {jurisdiction}"
        raise RambuError.of("no-cascade", what, f"ask for {', '.join(sorted(rules.register.cascades)) or 'none yet'}")
    return Reckoning(Assessing(rules, as_of, known_on), cascade, placed(rules, vehicle, jurisdiction)).run()


def placed(rules: Rules, vehicle: Subject, jurisdiction: str) -> Subject:
    """The same vehicle in this country: where it is if it is there, else just anywhere in it."""
    if vehicle.jurisdiction == jurisdiction:
        return vehicle
    here = country(rules.register, jurisdiction).facts
    return replace(vehicle, facts={**vehicle.facts, **here}, jurisdiction=jurisdiction, results={})


def combustion_twin(vehicle: Subject, otherwise: dict[str, Given | Series] | None = None) -> Subject:
    """The same vehicle with a petrol engine: what only an electric one has is left out, `otherwise` added.

    What was stated of the electric one (a band, a status) may not hold of its twin and is left out too.
    """
    kept = {name: given for name, given in vehicle.facts.items() if name not in ELECTRIC_ONLY}
    facts = {**kept, "powertrain": Choice(("petrol",)), **(otherwise or {})}
    return replace(vehicle, facts=facts, results={})


def is_electric(rules: Rules, vehicle: Subject) -> bool:
    """Whether it is said to be driven by electricity, wholly or partly."""
    given = vehicle.facts.get("powertrain")
    ancestors = rules.register.vocabulary.ancestors
    return isinstance(given, Choice) and all("electrified" in ancestors[name] for name in given.categories)


def in_currency(rules: Rules, span: Span, given: str, wanted: str, day: date) -> Span | None:
    """A sum at the reference rates of that day; None where no rate is known."""
    units = rules.register.units
    if wanted not in units.currencies:
        return None
    factor = units.factor(units.measure(given), units.measure(wanted), day)
    return None if factor is None else stretch(span, *factor)
