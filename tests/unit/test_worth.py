"""What a vehicle pays and receives, on the register of EXA: every state of a line, every bound of a sum."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rambu.assess import assess
from rambu.engine import Assessing
from rambu.errors import RambuError
from rambu.expressions.span import Span
from rambu.locale import catalogue
from rambu.model.cascade import Relief
from rambu.profile import ProfileReader
from rambu.publish.qualify import Offers
from rambu.publish.references import References
from rambu.publish.wording import Wording
from rambu.publish.worth import WorthPage
from rambu.publish.worth_paper import WorthPaper
from rambu.qualify import qualify
from rambu.register import Register
from rambu.rules import Rules
from rambu.worked import run_worked
from rambu.worth import combustion_twin, worth
from rambu.worth.lines import Worth
from tests.conftest import Run

MAKER = {"place": "other_country", "results": {"exa/clean-transport-act.recognised_maker": True}}
CAR = {
    "place": "exa_mainland", "vehicle_class": "car", "powertrain": "bev", "motor_power": 50, "battery_energy": 50,
    "customs_value": "20_000 EXD", "maker": MAKER, "buyer": {"party_kind": "individual"},
}  # fmt: skip


def reckoned(register: Register, day: str = "2025-03-01", **changes: object) -> Worth:
    """The worth of the car with these facts changed (None takes one away)."""
    given = {key: value for key, value in {**CAR, **changes}.items() if value is not None}
    vehicle = ProfileReader(register).read({"vehicle": given}).subjects[0]
    return worth(Rules(register), vehicle, "EXA", date.fromisoformat(day), date.fromisoformat(day))


def line(found: Worth, name: str) -> tuple[str, object, object]:
    """State and ends of a line."""
    one = next(one for one in found.lines if one.line.line == name)
    return one.state, one.amount.low, one.amount.high


def test_tax_is_taken_of_value_and_duty(exa: Register) -> None:
    found = reckoned(exa)
    assert line(found, "import_duty") == ("amount", 2_000, 2_000)
    assert line(found, "vat") == ("amount", 2_200, 2_200)
    assert found.taxes == Span(True, 4_200, 4_200)


def test_a_ceiling_of_the_law_bounds_the_subsidy(exa: Register) -> None:
    found = reckoned(exa)
    assert line(found, "subsidy") == ("amount", 0, 3_000)
    assert (found.once.low, found.once.high) == (1_200, 4_200)


def test_a_fact_that_earlier_lines_give_decides_a_later_one(exa: Register) -> None:
    dear = reckoned(exa, customs_value="40_000 EXD")  # with duty and tax 48,400, above the limit of 45,000
    assert line(dear, "subsidy")[0] == "no_rule"
    stated = reckoned(exa, customs_value="40_000 EXD", price="45_000 EXD")
    assert line(stated, "subsidy") == ("amount", 0, 3_000)


def test_a_tier_that_gives_nothing_is_none_and_not_no_rule(exa: Register) -> None:
    assert line(reckoned(exa, battery_energy=11), "subsidy") == ("none", 0, 0)
    assert line(reckoned(exa, battery_energy=12), "subsidy") == ("amount", 0, 2_000)


def test_none_that_the_law_completes_is_not_no_rule(exa: Register) -> None:
    assert line(reckoned(exa, powertrain="combustion"), "subsidy") == ("none", 0, 0)


def test_ended_is_its_own_answer(exa: Register) -> None:
    assert line(reckoned(exa, "2027-01-01"), "subsidy")[0] == "ended"
    assert line(reckoned(exa, "2026-12-31"), "subsidy")[0] == "amount"


def test_a_line_of_other_vehicles_is_none_here(exa: Register) -> None:
    assert line(reckoned(exa), "quota_certificate")[0] == "none"
    assert line(reckoned(exa, vehicle_class="truck"), "quota_certificate")[0] == "no_rule"


def test_no_rule_leaves_the_sum_open_above(exa: Register) -> None:
    found = reckoned(exa, vehicle_class="truck")
    assert (found.taxes.low, found.taxes.high) == (4_200, None)


def test_without_the_value_the_line_names_it(exa: Register) -> None:
    found = reckoned(exa, customs_value=None)
    assert line(found, "vat")[0] == "unknown"
    assert ("vehicle", "customs_value") in found.missing


def test_a_missing_fact_makes_a_range(exa: Register) -> None:
    found = reckoned(exa, motor_power=None)
    assert line(found, "annual_tax")[0] == "unknown"
    assert ("vehicle", "motor_power") in found.missing


def test_a_share_is_cut_off_the_yearly_line(exa: Register) -> None:
    found = reckoned(exa)
    assert line(found, "annual_tax") == ("amount", 18, 18)
    assert found.yearly == Span(True, 18, 18)


def test_a_country_without_an_order_of_taxes_says_so(exa: Register) -> None:
    vehicle = ProfileReader(exa).read({"vehicle": CAR}).subjects[0]
    with pytest.raises(RambuError, match="no order of vehicle taxes"):
        worth(Rules(exa), vehicle, "KOR", date(2026, 1, 1), date(2026, 1, 1))


def test_the_worked_example_of_exa_holds(exa: Register) -> None:
    tried = list(run_worked(Rules(exa), exa.cascades["EXA"]))
    assert [one.mismatches for one in tried] == [()]


def test_a_worked_example_that_differs_is_noticed(exa: Register) -> None:
    cascade = exa.cascades["EXA"]
    wrong = cascade.worked[0].model_copy(update={"expect": {"import_duty": 2_001, "annual_tax": 17}, "on_the_road": 1})
    (tried,) = run_worked(Rules(exa), cascade.model_copy(update={"worked": (wrong,)}))
    assert [(found.provision, found.expected, found.found) for found in tried.mismatches][:2] == [
        ("import_duty", "2001", "2000"),
        ("annual_tax", "17", "18"),
    ]
    assert tried.mismatches[2].what == "on the road"


# -- the command


PROFILE = """
vehicle:
  place: exa_mainland
  vehicle_class: car
  powertrain: bev
  motor_power: 50
  customs_value: 20_000 EXD
"""


def test_the_command_prints_every_line_and_its_source(rambu: Run, exa_folder: object) -> None:
    done = rambu("worth", "-", "--against", "no", "--as-of", "2025-03-01", "--register", str(exa_folder), stdin=PROFILE)
    assert done.returncode == 0, done.stderr
    assert "2,000 EXD" in done.stdout and "2,200 EXD" in done.stdout
    assert "Customs Tariff Order" in done.stdout


def test_the_command_gives_numbers_as_json(rambu: Run, exa_folder: object) -> None:
    done = rambu("worth", "-", "--against", "no", "--as-of", "2025-03-01", "--format", "json",
                 "--register", str(exa_folder), stdin=PROFILE)  # fmt: skip
    (vehicle,) = json.loads(done.stdout)["vehicles"]
    assert vehicle["taxes"] == 4_200
    assert [one["state"] for one in vehicle["lines"]] == ["amount", "amount", "none", "amount", "amount"]


def test_a_profile_without_vehicle_or_project_is_refused(rambu: Run, exa_folder: object) -> None:
    done = rambu("worth", "-", "--register", str(exa_folder), stdin="company: {place: exa_mainland}\n")
    assert done.returncode == 2
    assert "no vehicle" in done.stderr


def test_a_vehicle_stands_side_by_side_in_countries(rambu: Run, exa_folder: object) -> None:
    done = rambu("compare", "-", "--topic", "ev", "--on", "2025-03-01", "--in", "EXA", "--format", "json",
                 "--register", str(exa_folder), stdin=PROFILE)  # fmt: skip
    (side,) = json.loads(done.stdout)
    verdicts = {rule["provision"]: rule["verdict"] for rule in side["rules"]}
    assert verdicts["exa/clean-transport-act.annual_tax"] == "applies"
    assert verdicts["exa/clean-transport-act.subsidy"] == "unknown"


def test_the_picture_says_in_words_what_it_shows(rambu: Run, exa_folder: object) -> None:
    done = rambu("compare", "-", "--on", "2025-03-01", "--in", "EXA", "--format", "svg",
                 "--register", str(exa_folder), stdin=PROFILE)  # fmt: skip
    assert done.stdout.startswith("<svg") and "<desc" in done.stdout and "Exa" in done.stdout


# -- what a hostile tester found


@pytest.mark.parametrize("effect", ["rate_becomes", "points_off", "share_off", "share_paid", "money_off"])
def test_a_relief_that_is_none_takes_nothing_off(effect: str, exa: Register) -> None:
    """At 11 kWh the subsidy is none: taken off a tax it leaves the tax as it is."""
    cascade = exa.cascades["EXA"]
    relief = Relief.model_validate({"rule": "exa/clean-transport-act.subsidy.amount", "effect": effect})
    lines = tuple(line.model_copy(update={"reliefs": (relief,)}) if line.line == "import_duty" else line
                  for line in cascade.lines)  # fmt: skip
    register = replace(exa, cascades={"EXA": cascade.model_copy(update={"lines": lines})})
    assert line(reckoned(register, battery_energy=11), "import_duty") == ("amount", 2_000, 2_000)


def test_a_tax_that_is_over_or_not_yet_is_open_and_an_offer_is_not(exa: Register) -> None:
    vehicle = ProfileReader(exa).read({"vehicle": CAR}).subjects[0]
    early = worth(Rules(exa), vehicle, "EXA", date(2019, 1, 1), date(2021, 1, 1))  # the tariff began in 2020
    assert line(early, "import_duty")[0] == "coming"
    assert early.taxes.high is None
    late = reckoned(exa, "2027-01-01")
    assert line(late, "subsidy")[0] == "ended" and late.offered == Span(True, 0, 0)


def test_the_twin_keeps_no_result_of_the_electric_one(exa: Register) -> None:
    given = {**CAR, "results": {"exa/clean-transport-act.annual_tax": False}}
    vehicle = ProfileReader(exa).read({"vehicle": given}).subjects[0]
    assert vehicle.results and not combustion_twin(vehicle).results


def test_the_picture_is_xml_whatever_it_shows(rambu: Run, exa_folder: object) -> None:
    for value in ("20_000", "9" * 60):
        profile = PROFILE.replace("20_000", value)
        done = rambu("worth", "-", "--against", "no", "--as-of", "2025-03-01", "--format", "svg",
                     "--register", str(exa_folder), stdin=profile)  # fmt: skip
        assert ElementTree.fromstring(done.stdout).tag.endswith("svg")


def test_a_number_without_end_is_refused(rambu: Run, exa_folder: object) -> None:
    profile = PROFILE.replace("20_000", "9" * 5_000)
    done = rambu("worth", "-", "--register", str(exa_folder), stdin=profile)
    assert done.returncode == 2


def test_a_fact_asked_of_another_says_of_whom(exa: Register) -> None:
    words = Wording(exa, "ko", catalogue("ko"))
    assert words.lacking("car", "powertrain") == words.fact("powertrain")
    assert words.lacking("car.replaces", "powertrain") == f"{words.fact('powertrain')} (대체 차량)"
    assert words.all_lacking([("b", "seats"), ("a", "seats")]) == words.fact("seats")


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "json", "svg", "txt"])
def test_the_ending_of_the_file_decides_its_form(form: str, rambu: Run, exa_folder: object, tmp_path: Path) -> None:
    out = tmp_path / f"worth.{form}"
    done = rambu("worth", "-", "--as-of", "2025-03-01", "--out", str(out), "--register", str(exa_folder), stdin=PROFILE)
    assert done.returncode == 0 and done.stdout == "", done.stderr
    begins = {"pdf": b"%PDF", "docx": b"PK", "html": b"<!doctype html>", "json": b'{"vehicles"', "svg": b"<svg"}
    content = out.read_bytes()
    assert content.startswith(begins.get(form, b"vehicle in Exa"))
    if form in ("html", "txt"):
        assert "2,200 EXD" in content.decode() and "Customs Tariff Order" in content.decode()


def test_vehicle_and_project_share_their_sources(exa: Register) -> None:
    rules, words = Rules(exa), Wording(exa)
    references = References(words)
    when = (date(2025, 3, 1), date(2025, 3, 1))
    profile = ProfileReader(exa).read({"vehicle": CAR, "project": {"place": "exa_mainland"}})
    pages = [WorthPage(rules, worth(rules, profile.subjects[0], "EXA", *when), words, None, references)]
    qualified = qualify(assess(rules, profile, *when), ["project"])
    offers = [Offers(Assessing(rules, *when), profile.subjects[1], qualified, words, references)]
    document = WorthPaper(pages, offers, references, words).document("mine", when, "0.1.0")
    chapters = [heading.text for heading in document.headings()]
    assert chapters == ["vehicle in Exa on 1 Mar 2025", "project", "Sources"]
    numbers = [one.number for one in references.all()]
    assert numbers == list(range(1, len(numbers) + 1)) and numbers


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(-5, None, False), (None, 5, False), (None, None, False), (0, None, True), (None, -1, True), (-5, 5, True)],
)
def test_a_saving_is_only_told_where_it_says_something(
    low: int | None, high: int | None, said: bool, exa: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = reckoned(exa)
    monkeypatch.setattr("rambu.publish.worth._difference", lambda *_: Span(True, low, high))
    assert bool(WorthPage(Rules(exa), found, Wording(exa), found).saving()) is said
