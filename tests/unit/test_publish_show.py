"""Instruments, trees, vocabulary, coverage and schemas as they are printed."""

from datetime import date
from io import StringIO
from itertools import chain

import pytest
from rich.console import Console

from rambu.differences import Difference, answers, differences
from rambu.locale import catalogue
from rambu.publish.board import print_board, print_country
from rambu.publish.layout import laid_out
from rambu.publish.schema import KINDS, schema
from rambu.publish.show import instrument_lines
from rambu.publish.tree_table import print_trees
from rambu.publish.trees import Row, Trees
from rambu.publish.vocabulary import fact_lines
from rambu.publish.wording import Wording
from rambu.register import Register
from tests.unit.test_publish_answer import CAR

ACT = "exa/clean-transport-act"


def shown(exa: Register, name: str = "", language: str = "en") -> str:
    words = Wording(exa, language, catalogue(language))
    return laid_out(instrument_lines(exa.instrument(ACT), name, exa, words), 120, colour=False)


def printed(register: Register, name: str, only: str = "") -> str:
    console = Console(file=StringIO(), width=120, highlight=False)
    print_trees(register.instrument(ACT).provisions[name], only, Wording(register), console)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def test_an_instrument_shows_titles_values_history_sources_cases_and_practices(exa: Register) -> None:
    text = shown(exa)
    for part in ("Clean Transport Act", ACT, "applies when: maker.recognised_maker", "History", "1 Mar 2023: adopted [",
                 "[1] Clean Transport Act · Parliament · Official text · s. 4", "4 worked cases",
                 "Green supplier programme"):  # fmt: skip
        assert part in text


def test_values_are_shown_over_time_with_their_edges(exa: Register) -> None:
    text = shown(exa, "subsidy")
    assert "Battery capacity ≥ 12, < 40; since 1 Jan 2026: up to 1,500 EXD" in text
    assert "Battery capacity < 12: none" in text
    assert "announced 10 Sep 2025: 31 Dec 2026" in text


def test_one_provision_alone(exa: Register) -> None:
    assert "Yearly report" not in shown(exa, "subsidy")


def test_it_is_shown_in_korean(exa: Register) -> None:
    assert "연혁" in shown(exa, language="ko") or "이력" in shown(exa, language="ko")


def test_a_tree_is_a_grid_of_ways(exa: Register) -> None:
    tree = exa.instrument(ACT).provisions["annual_tax"].values["amount"].node
    assert tree is not None
    rows = list(Trees(Wording(exa)).rows(tree, "EXD/year"))
    assert rows[0] == Row((("Motor power", "≤ 50"),), "20 EXD/year")
    assert rows[1].way == (("Motor power", "> 50, ≤ 100"),)
    assert rows[2] == Row((("Motor power", "> 100"),), "exists, figure not seen")


def test_the_grid_asks_about_its_edges_and_gives_no_answer(exa: Register) -> None:
    text = printed(exa, "subsidy", "amount")
    assert "? Battery capacity of exactly 40: below or above the edge?" in text
    assert "? 1 Jan 2026: already by the new figure?" in text


def test_trees_of_a_kind_each(exa: Register) -> None:
    assert "Vehicle class" in printed(exa, "annual_tax")
    assert "market_cap[reference] >= big" in printed(exa, "reporting")
    assert "4 months after fy_end" in printed(exa, "reporting", "due")
    assert "Year" in printed(exa, "fleet_target")


def test_facts_are_found_by_any_of_their_words(exa: Register) -> None:
    text = laid_out(fact_lines("battery", Wording(exa)), 100, colour=False)
    assert text.startswith("battery_energy  Battery capacity")
    assert "kWh" in text
    assert "exa_mainland  Mainland of Exa" in laid_out(fact_lines("place", Wording(exa)), 100, colour=False)
    assert list(fact_lines("no such word", Wording(exa))) == []


def test_the_board_has_a_cell_for_every_country_and_topic(exa: Register) -> None:
    console = Console(file=StringIO(), width=100)
    print_board(Wording(exa), console)
    print_country("EXA", Wording(exa), console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    rows = {row.split("  ")[0]: row.split()[-1] for row in text.splitlines() if row.strip()}
    assert (rows["Purchase subsidies"], rows["Annual tax"], rows["Carbon tax"]) == ("■", "□", "–")
    assert "nearest: A levy was announced in 2024 for study" in text
    assert "looked for and not found: the rate above 100 kW" in text


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_file_has_a_schema(exa: Register, kind: str) -> None:
    made = schema(kind, exa)
    assert made["$schema"].endswith("2020-12/schema")
    assert made["properties"]


def test_the_schema_of_a_profile_knows_facts_roles_and_categories(exa: Register) -> None:
    made = schema("profile", exa)
    vehicle = made["$defs"]["vehicle"]["properties"]
    assert {"battery_energy", "buyer", "results"} <= vehicle.keys()
    assert "employees" not in vehicle
    assert vehicle["powertrain"]["enum"] == ["bev", "phev", "combustion"]


def test_answers_of_two_registers_differ_where_the_law_does(exa: Register) -> None:
    day = date(2026, 3, 1)
    cases = {file.instrument: file for file in exa.cases}
    before = answers(exa, {"car": {"vehicle": CAR}}, cases, day)
    later = answers(exa, {"car": {"vehicle": {**CAR, "price": "46_000 EXD"}}}, cases, day)
    assert list(differences(before, before)) == []
    (found,) = differences(before, later)
    assert isinstance(found, Difference)
    assert found.answer == f"car: {ACT}.subsidy (vehicle)"
    assert found.before.startswith("applies; in_force; from 2024-01-01; limit 45000 EXD; amount 1500 EXD")
    assert found.after.startswith("does_not_apply")
    assert len([name for name in before if name.startswith(ACT)]) == len(
        list(chain.from_iterable(file.cases for file in exa.cases))
    )
