"""Rambu from Python."""

from pathlib import Path

import pytest

import rambu
from rambu.errors import RambuError
from rambu.load import compile_register
from rambu.register import Register

CAR = {"place": "exa_mainland", "powertrain": "bev", "battery_energy": 50, "price": "30_000 EXD"}


def test_a_register_is_loaded_and_asked(exa_folder: Path) -> None:
    register = rambu.load(exa_folder)
    answer = register.assess({"vehicle": CAR}, as_of="2026-03-01")
    assert {found.verdict for found in answer.findings if found.address.name == "subsidy"} == {"unknown"}
    assert (register.version, answer.register_version) == ("0.0.1", "0.0.1")


def test_known_on_is_the_day_asked_about_unless_said(exa_folder: Path) -> None:
    register = rambu.load(exa_folder)
    assert register.assess({"vehicle": CAR}, as_of="2026-03-01").known_on.isoformat() == "2026-03-01"


def test_a_profile_may_be_text_or_a_file(exa_folder: Path, tmp_path: Path) -> None:
    text = "vehicle: {place: exa_mainland, powertrain: bev}\n"
    (tmp_path / "car.yaml").write_text(text)
    register = rambu.load(str(exa_folder))
    answers = [register.assess(given, as_of="2026-03-01").findings for given in (text, tmp_path / "car.yaml")]
    assert len(answers[0]) == len(answers[1]) > 0


def test_jurisdictions_may_be_chosen(exa_folder: Path) -> None:
    answer = rambu.load(exa_folder).assess(
        {"vehicle": {"place": "other_country"}}, as_of="2026-03-01", jurisdictions=["EXA"]
    )
    assert answer.jurisdictions == ("EXA",)


def test_a_compiled_register_answers_the_same(exa: Register, exa_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "register.json").write_bytes(compile_register(exa))
    ways = [
        rambu.load(path).assess({"vehicle": CAR}, as_of="2026-03-01")
        for path in (exa_folder, tmp_path / "register.json")
    ]
    from_folder, from_file = ([(one.address, one.verdict, one.phase) for one in way.findings] for way in ways)
    assert from_folder == from_file


def test_importing_the_module_does_not_hide_the_function() -> None:
    import rambu.load

    assert callable(rambu.load)


def test_a_bad_profile_raises_everything_at_once(exa_folder: Path) -> None:
    with pytest.raises(RambuError) as raised:
        rambu.load(exa_folder).assess({"vehicle": {"nonsense": 1, "price": 5}}, as_of="2026-03-01")
    assert len(raised.value.problems) == 2
