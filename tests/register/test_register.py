"""The register itself: it checks clean, every case holds, every number printed leads to a source."""

import json
from datetime import date
from pathlib import Path

import pytest

from rambu.assess import Assessment, assess
from rambu.cases import run_cases
from rambu.check import Checker
from rambu.errors import RambuError
from rambu.expressions.columns import NotColumnsError
from rambu.load import Loaded, compile_register, from_compiled, load_folder, read_profile_file, repository_register
from rambu.model.instrument import Instrument
from rambu.profile import ProfileReader
from rambu.register import Register
from rambu.rules import Rules
from rambu.screen import verdicts
from rambu.worked import run_worked
from tests.register.worth_snapshots import FILE, snapshots

ROOT = Path(__file__).resolve().parents[2]
FOLDER = repository_register()
assert FOLDER is not None
CASE_FILES = sorted(path.relative_to(FOLDER).as_posix() for path in (FOLDER / "cases").rglob("*.yaml"))
CASCADES = sorted(path.stem.upper() for path in (FOLDER / "cascades").glob("*.yaml"))
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
DAYS = (date(2021, 7, 1), date(2024, 1, 1), date(2026, 11, 24), date(2029, 1, 1))


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """The register with its documents."""
    assert FOLDER is not None
    return load_folder(FOLDER)


@pytest.fixture(scope="session")
def rules(loaded: Loaded) -> Rules:
    """Its rules."""
    return Rules(loaded.register)


def test_it_checks_clean(loaded: Loaded) -> None:
    assert [str(problem) for problem in Checker(loaded).run() if problem.severity == "error"] == []


@pytest.mark.parametrize("path", CASE_FILES)
def test_cases_hold(path: str, loaded: Loaded, rules: Rules) -> None:
    home = path.removeprefix("cases/").removesuffix(".yaml")
    file = next(entry for entry in loaded.register.cases if entry.instrument == home)
    assert [mismatch for tried in run_cases(rules, file) for mismatch in tried.mismatches] == []


@pytest.mark.parametrize("code", CASCADES)
def test_cascades_reckoned_by_hand_hold(code: str, rules: Rules) -> None:
    cascade = rules.register.cascades[code]
    assert [found for tried in run_worked(rules, cascade) for found in tried.mismatches] == []


def test_every_instrument_with_a_value_has_cases(loaded: Loaded) -> None:
    checked = {file.instrument for file in loaded.register.cases}
    bare = [
        file
        for file, instrument in loaded.register.instruments.items()
        if file not in checked and any(provision.values for provision in instrument.provisions.values())
    ]
    assert bare == []


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_number_printed_leads_to_a_source(example: Path, day: date, rules: Rules) -> None:
    found = example_answer(example, day, rules)
    sourceless = [
        (str(finding.address), entry.name)
        for finding in found.findings
        for entry in finding.answers
        if entry.source is None and entry.value.node is not None
    ]
    assert sourceless == []


def example_answer(example: Path, day: date, rules: Rules) -> Assessment:
    """What applies to an example on a day."""
    return assess(rules, read_profile_file(example, rules.register), day, day)


def test_the_compiled_register_is_the_same(loaded: Loaded) -> None:
    again = from_compiled(compile_register(loaded.register))
    assert again.instruments == loaded.register.instruments
    assert again.vocabulary == loaded.register.vocabulary
    assert again.coverage == loaded.register.coverage


def test_load_of_dump_is_the_same(loaded: Loaded) -> None:
    for instrument in loaded.register.instruments.values():
        assert Instrument.model_validate(instrument.model_dump(by_alias=True)) == instrument


def test_columns_and_interpreter_agree_on_every_provision(rules: Rules) -> None:
    """All case profiles of the register, run through every provision of their kind, both ways."""
    day = date(2026, 11, 24)
    from rambu.engine import Assessing

    subjects = case_subjects(rules.register)
    assessing = Assessing(rules, day, day)
    left_out = 0
    for address in rules.register.addresses():
        group = [subject for subject in subjects if subject.kind == rules.register.provision(address).subject]
        try:
            columns = verdicts(rules, address, group, day, day)
        except NotColumnsError:
            left_out += 1
            continue
        rule = rules.rule(address)
        from rambu.expressions.evaluate import Reading

        readings = [Reading(assessing, subject, assessing.clock_day(subject, rule)) for subject in group]
        assert columns == [assessing._verdict(rule, reading)[1] for reading in readings], address
    assert left_out <= len(list(rules.register.addresses())) // 20


def case_subjects(register: Register) -> list:  # type: ignore[type-arg]
    """Subjects of every case that reads."""
    found = []
    for file in register.cases:
        for case in file.cases:
            try:
                found += ProfileReader(register, case.name, {}, file.instrument).read(case.profile).all_subjects()
            except RambuError:
                continue
    return found


def test_three_vehicles_are_worth_what_was_reviewed(rules: Rules) -> None:
    """`python -m tests.register.worth_snapshots` writes the file anew; review what changes."""
    assert snapshots(rules) == json.loads(FILE.read_text("utf-8"))
