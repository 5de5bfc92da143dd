"""One file tried on a profile: the way through each tree, also where a fact is missing."""

from datetime import date
from typing import Any

from rambu.profile import ProfileReader
from rambu.register import Register
from rambu.trial import Step, Tried, trial
from tests.unit.test_publish_answer import CAR, MAKER, without

HOME = "exa/clean-transport-act"


def tried(exa: Register, data: dict[str, Any], name: str, as_of: date = date(2026, 3, 1)) -> Tried:
    profile = ProfileReader(exa, "p", {}, HOME).read(data)
    return next(one for one in trial(exa, HOME, profile, as_of, as_of) if one.finding.address.name == name)


def test_the_way_names_the_band_and_the_day(exa: Register) -> None:
    way = tried(exa, {"vehicle": CAR}, "subsidy").ways["amount"]
    assert way == (Step(0, "battery_energy: below 40"), Step(1, "since 2026-01-01"), Step(2, "1_500"))


def test_where_a_fact_is_missing_every_way_that_may_be_taken_is_shown(exa: Register) -> None:
    way = tried(exa, {"vehicle": without(CAR, "battery_energy")}, "subsidy").ways["amount"]
    assert [step.text for step in way if step.depth == 0] == [
        "perhaps battery_energy: below 12", "perhaps battery_energy: below 40",
        "perhaps battery_energy: above all edges",
    ]  # fmt: skip


def test_dates_have_ways_too(exa: Register) -> None:
    ways = tried(exa, {"vehicle": CAR}, "subsidy").ways
    assert ways["until"] == (Step(0, "announced 2025-09-10"), Step(1, "2026-12-31"))
    assert tried(exa, {"company": MAKER}, "reporting").ways["from"][0].text == "market_cap[reference] >= big"


def test_categories_and_otherwise(exa: Register) -> None:
    way = tried(exa, {"vehicle": {**CAR, "vehicle_class": "other_vehicle"}}, "annual_tax").ways["from"]
    assert way == (Step(0, "vehicle_class is anything else"), Step(1, "none"))


def test_it_also_tries_what_does_not_reach_the_subject(exa: Register) -> None:
    found = tried(exa, {"vehicle": {**CAR, "place": "other_country"}}, "subsidy").finding
    assert found.verdict == "does_not_apply"
