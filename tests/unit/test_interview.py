"""The interview: what is asked next, where answers go, and the file that comes of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rambu.assess import assess
from rambu.errors import RambuError
from rambu.interview import as_yaml, choices, next_question, read, value_of, with_answer
from rambu.register import Register
from rambu.rules import Rules
from rambu.strict_yaml import read as read_yaml
from tests.conftest import Run

CAR: dict[str, Any] = {"vehicle": {"place": "exa_mainland", "powertrain": "bev"}}


def test_choices_go_down_the_tree(exa: Register) -> None:
    assert choices(exa.vocabulary, "place") == ["exa", "other_country"]
    assert choices(exa.vocabulary, "place", "exa") == ["exa_mainland", "exa_islands"]
    assert choices(exa.vocabulary, "place", "exa_islands") == []


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [("yes", None, True), ("No", None, False), ("예", None, True), ("300..500", "employees", "300..500"),
     ("12", "employees", 12), ("exa_exchange, unlisted", "listing", ["exa_exchange", "unlisted"])],
)  # fmt: skip
def test_what_a_typed_answer_means(exa: Register, text: str, fact: str | None, value: object) -> None:
    assert value_of(text, exa.vocabulary.facts.get(fact or "")) == value


def test_answers_go_to_subjects_sites_and_roles() -> None:
    data = {"companies": {"one": {"sites": {"complete": True, "works": {}}}}, "vehicle": {}}
    made = with_answer(data, "works", "activity", "vehicles")
    made = with_answer(made, "vehicle.buyer", "party_kind", "individual")
    made = with_answer(made, "one", "exa/clean-transport-act.recognised_maker", True)
    assert made["companies"]["one"]["sites"]["works"] == {"activity": "vehicles"}
    assert made["vehicle"] == {"buyer": {"party_kind": "individual"}}
    assert made["companies"]["one"]["results"] == {"exa/clean-transport-act.recognised_maker": True}
    assert "activity" not in data["companies"]["one"]["sites"]["works"]


def test_a_subject_that_is_not_there_is_an_error() -> None:
    with pytest.raises(RambuError):
        with_answer({"vehicle": {}}, "nobody", "activity", "vehicles")


def test_the_next_question_is_none_that_was_passed_over(exa: Register) -> None:
    day = date(2026, 3, 1)
    now = assess(Rules(exa), read(CAR, exa), day, day)
    first = next_question(CAR, now, set(), exa)
    assert first is not None
    second = next_question(CAR, now, {(first.subject, first.fact)}, exa)
    assert second is not None
    assert (first.subject, first.fact) != (second.subject, second.fact)


def test_the_profile_reads_the_same_from_its_file(exa: Register) -> None:
    company: dict[str, Any] = {"employees": {"2025": 12_345}, "listing": ["exa_exchange"], "fiscal_year_end": "03-31"}
    company["sites"] = {"complete": False}
    data = {"profile": "A: b", "company": {**company, "results": {"exa/clean-transport-act.recognised_maker": True}}}
    assert read_yaml(as_yaml(data), "x").data == data


def test_an_interview_from_nothing_to_a_file(rambu: Run, tmp_path: Path, exa_folder: Path) -> None:
    """A vehicle, in Exa, on the mainland; the activity is not known; a word that is no choice; a car; nothing more."""
    typed = "3\n1\n1\n?\nnonsense\nCar\n\n"
    done = rambu("ask", "--write", "car.yaml", "--register", exa_folder, "--as-of", "2026-03-01", stdin=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert "What kind of vehicle is it? (vehicle; settles 1 of 2)" in done.stdout
    assert "Write a number from 1 to 4, ? if you do not know, or nothing to stop." in done.stdout
    assert "1 open, 2 before." in done.stdout
    assert "Written to car.yaml" in done.stdout
    assert read_yaml((tmp_path / "car.yaml").read_text(), "x").data == {
        "vehicle": {"place": "exa_mainland", "vehicle_class": "car"}
    }


def test_an_answer_that_cannot_be_is_refused_and_asked_again(rambu: Run, tmp_path: Path, exa_folder: Path) -> None:
    car = {"vehicle": {"place": "exa_mainland", "vehicle_class": "car", "powertrain": "bev", "battery_energy": 50,
           "buyer": {"party_kind": "individual"},
           "maker": {"results": {"exa/clean-transport-act.recognised_maker": True}}}}  # fmt: skip
    (tmp_path / "car.yaml").write_text(as_yaml(car))
    typed = "5\n30_000..40_000 EXD\n\n"
    done = rambu("ask", "car.yaml", "--register", exa_folder, "--as-of", "2026-03-01", stdin=typed)
    assert "[currency] 5 is money without a currency" in done.stderr
    assert done.stdout.count("What is the retail price?") == 2
    assert "price: 30_000..40_000 EXD" in done.stdout


def test_an_interview_goes_on_with_a_file_and_stops_with_the_input(
    rambu: Run, tmp_path: Path, exa_folder: Path
) -> None:
    (tmp_path / "car.yaml").write_text(as_yaml(CAR))
    done = rambu("ask", "car.yaml", "--register", exa_folder, "--as-of", "2026-03-01", stdin="", lang="ko")
    assert done.returncode == 0
    assert "건" in done.stdout
