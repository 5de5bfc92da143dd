"""Cascades that somebody reckoned by hand, run against the register."""

from collections.abc import Iterator

from rambu.cases import Mismatch, Tried, same, spelt
from rambu.errors import RambuError
from rambu.model.base import first_day
from rambu.model.cascade import Cascade, Worked
from rambu.profile import ProfileReader
from rambu.rules import Rules
from rambu.worth import worth


def run_worked(rules: Rules, cascade: Cascade) -> Iterator[Tried]:
    """Every worked example of one cascade, in its order."""
    for example in cascade.worked:
        home = f"cascades/{cascade.jurisdiction.lower()}"
        try:
            found = tuple(_run(rules, cascade, example, home))
        except (RambuError, KeyError) as error:
            found = (Mismatch(home, example.name, "", "input", "an answer", str(error)),)
        yield Tried(home, example.name, found)


def _run(rules: Rules, cascade: Cascade, example: Worked, home: str) -> Iterator[Mismatch]:
    vehicle = ProfileReader(rules.register, example.name).read(example.profile).subjects[0]
    day = first_day(example.as_of)
    found = worth(rules, vehicle, cascade.jurisdiction, day, day)
    measure = rules.register.units.measure(cascade.currency)
    lines = {line.line.line: line for line in found.lines}
    for name, leaf in example.expect.items():
        line = lines[name]
        told = line.state if line.state not in ("amount", "zero") else spelt(line.amount, measure)
        if told != str(leaf) and not (line.state in ("amount", "zero") and same(leaf, line.amount, measure)):
            yield Mismatch(home, example.name, name, "amount", str(leaf), told)
    if example.on_the_road is not None and not same(example.on_the_road, found.once, measure):
        yield Mismatch(home, example.name, "", "on the road", str(example.on_the_road), spelt(found.once, measure))
