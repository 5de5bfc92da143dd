"""How answers differ between two states of the register: what people are told, before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rambu.assess import Finding, assess, finding
from rambu.cases import spelt, subjects_of
from rambu.engine import Assessing
from rambu.errors import RambuError
from rambu.expressions.parse import ExpressionError
from rambu.model.base import first_day
from rambu.model.case import CaseFile
from rambu.profile import ProfileReader
from rambu.register import Address, Register
from rambu.rules import Rules, address_of
from rambu.units import DATE

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that changed, appeared (before is empty) or went (after is empty)."""

    answer: str
    before: str
    after: str


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    """Every answer that is not the same, by name."""
    for name in sorted(before.keys() | after.keys()):
        if before.get(name, "") != after.get(name, ""):
            yield Difference(name, before.get(name, ""), after.get(name, ""))


def answers(register: Register, examples: Mapping[str, object], cases: Mapping[str, CaseFile], as_of: date) -> Answers:
    """Answers of examples on a day, and of cases on their own."""
    rules = Rules(register)
    found: Answers = {}
    for name, data in examples.items():
        found |= _example(rules, name, data, as_of)
    for file in cases.values():
        found |= _case_file(rules, file)
    return found


def _example(rules: Rules, name: str, data: object, as_of: date) -> Answers:
    try:
        result = assess(rules, ProfileReader(rules.register, name).read(data), as_of, as_of)
    except (RambuError, ExpressionError) as error:
        return {name: f"error: {error}"}
    return {f"{name}: {found.address} ({found.subject})": told(found) for found in result.findings}


def _case_file(rules: Rules, file: CaseFile) -> Answers:
    found: Answers = {}
    for case in file.cases:
        name = f"{file.instrument}: {case.name}"
        try:
            profile = ProfileReader(rules.register, name, {}, file.instrument).read(case.profile)
            day = first_day(case.as_of)
            assessing = Assessing(rules, day, first_day(case.known_on) if case.known_on else day)
            subjects = subjects_of(rules, file.instrument, profile)
            for address in (address_of(key, file.instrument) for key in case.expect):
                found |= {
                    f"{name}: {address.name} ({one.name})": told(
                        finding(assessing, one, address, assessing.outcome(one, address), True)
                    )
                    for one in subjects
                    if one.kind == _kind(rules, address)
                }
        except (RambuError, ExpressionError, KeyError) as error:
            found[name] = f"error: {error}"
    return found


def _kind(rules: Rules, address: Address) -> str:
    return rules.rule(address).provision.subject


def told(found: Finding) -> str:
    """A finding in one line: verdict, phase, first day, values, missing facts."""
    parts = [found.verdict, found.phase, f"from {spelt(found.start, DATE)}"]
    parts += [f"{answer.name} {spelt(answer.span, answer.measure)} {answer.value.unit}" for answer in found.answers]
    parts += [f"missing {', '.join(sorted(fact for _, fact in found.missing))}"] if found.missing else []
    return "; ".join(parts)
