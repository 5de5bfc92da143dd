"""Gap, qualify and index: on findings of real shape from the register of EXA and on arithmetic alone."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rambu.assess import assess
from rambu.gap import entering, entry, gap, home_of
from rambu.index import band, mean_of
from rambu.load import load_folder, repository_register
from rambu.profile import Profile, ProfileReader
from rambu.publish.gap import gap_document, gap_json
from rambu.publish.wording import Wording
from rambu.qualify import qualify
from rambu.register import Register
from rambu.rules import Rules

DAY = date(2026, 11, 25)
COMPANY = {
    "companies": {
        "maker": {
            "place": "KR-11", "activity": "batteries", "listing": ["kospi"], "employees": {"2025": 900},
            "sites": {"complete": True, "plant": {"place": "KR-11", "activity": "batteries"}},
        }
    }
}  # fmt: skip


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The rules of the repository's register."""
    folder = repository_register()
    assert folder is not None
    return Rules(load_folder(folder).register)


def profile(register: Register) -> Profile:
    """A maker in Seoul with a plant."""
    return ProfileReader(register).read(COMPANY)


def test_home_is_where_the_first_company_is(rules: Rules) -> None:
    assert home_of(profile(rules.register)) == "KOR"


def test_a_company_is_imagined_there_unlisted_with_its_plant_and_a_project(rules: Rules) -> None:
    entered, imagined = entering(rules.register, profile(rules.register), "KOR", "SGP")
    there = [subject for subject in entered.all_subjects() if subject.jurisdiction == "SGP"]
    assert [subject.name for subject in imagined] == ["maker (SGP)", "project (SGP)"]
    assert {subject.kind for subject in there} == {"company", "site", "project"}
    company = next(subject for subject in there if subject.kind == "company")
    assert company.facts["listing"].categories == ("unlisted",)  # type: ignore[union-attr]
    assert company.facts["employees"] == profile(rules.register).subjects[0].facts["employees"]
    assert company.sites[0].roles["operator"] is company
    assert imagined[1].facts["activity"] == company.facts["activity"]


def test_what_is_already_there_is_not_imagined_kind_by_kind(rules: Rules) -> None:
    branch = {"companies": {**COMPANY["companies"], "branch": {"place": "SGP"}}}
    _, imagined = entering(rules.register, ProfileReader(rules.register).read(branch), "KOR", "SGP")
    assert [subject.kind for subject in imagined] == ["project"]
    works = {**COMPANY, "projects": {"works": {"place": "SGP", "activity": "batteries"}}}
    _, imagined = entering(rules.register, ProfileReader(rules.register).read(works), "KOR", "SGP")
    assert [subject.name for subject in imagined] == ["maker (SGP)"]


def test_every_row_says_truly_who_asks(rules: Rules) -> None:
    found = gap(rules, profile(rules.register), "KOR", "VNM", DAY, DAY)
    assert found.rows
    for row in found.rows:
        sure_home = [one for one in row.home if one.verdict == "applies"]
        sure_target = [one for one in row.target if one.verdict == "applies"]
        assert all(one.jurisdiction == "KOR" for one in row.home)
        assert all(one.jurisdiction == "VNM" for one in row.target)
        match row.kind:
            case "new":
                assert sure_target and not row.home
            case "open_home":
                assert sure_target and row.home and not sure_home
            case "falls_away":
                assert row.home and not row.target
            case "perhaps":
                assert row.target and not sure_target
            case "alike":
                assert row.home and row.target
            case _:
                assert sure_home and sure_target


def test_nothing_is_said_to_be_asked_on_one_side_whose_topic_has_rules_without_a_name_there(rules: Rules) -> None:
    found = gap(rules, profile(rules.register), "KOR", "VNM", DAY, DAY)
    unnamed = {
        one.topics[0]
        for row in found.rows
        for one in row.target
        if not one.provision.asks and one.jurisdiction == "VNM"
    }
    assert unnamed
    for row in found.of("falls_away"):
        assert not {one.topics[0] for one in row.home} & unnamed, row.key


def test_each_thing_stands_once(rules: Rules) -> None:
    found = gap(rules, profile(rules.register), "KOR", "SGP", DAY, DAY)
    keys = [row.key for row in found.rows]
    assert len(keys) == len(set(keys))


def test_both_directions(rules: Rules) -> None:
    there = gap(rules, profile(rules.register), "KOR", "SGP", DAY, DAY)
    read = ProfileReader(rules.register).read({"company": {"place": "SGP", "activity": "batteries", "employees": 900}})
    back = gap(rules, read, "SGP", "KOR", DAY, DAY)
    assert (there.home, there.target, back.home, back.target) == ("KOR", "SGP", "SGP", "KOR")


def test_the_document_cites_only_sources_that_it_lists(rules: Rules) -> None:
    found = entry(rules, profile(rules.register), "KOR", ["VNM", "SGP"], DAY, DAY)
    assert found.targets == ("VNM", "SGP")
    document = gap_document(found.gaps, "maker", Wording(rules.register), "0")
    text = repr(document.blocks)
    numbers = {one.number for block in document.blocks if hasattr(block, "references") for one in block.references}
    assert numbers and all(f"[{number}]" in text for number in numbers)


def test_the_data_names_every_row(rules: Rules) -> None:
    found = gap(rules, profile(rules.register), "KOR", "SGP", DAY, DAY)
    assert [row["key"] for row in gap_json(found)["rows"]] == [row.key for row in found.rows]


# -- what an investment lacks

HOLIDAY = "tha/boi-ev-promotion"


def test_an_offer_is_near_only_for_thresholds(exa: Register) -> None:
    rules = Rules(exa)
    car = {"vehicle": {"place": "exa_mainland", "powertrain": "bev", "battery_energy": 50, "price": "50_000 EXD",
                       "buyer": {"party_kind": "individual"},
                       "maker": {"place": "other_country",
                                 "results": {"exa/clean-transport-act.recognised_maker": True}}}}  # fmt: skip
    day = date(2025, 3, 1)
    found = qualify(assess(rules, ProfileReader(exa).read(car), day, day), ["vehicle"])
    ((near, (step,), needs),) = found.near
    assert (near.address.name, step.fact, step.sign, step.distance.low) == ("subsidy", "price", "<=", 5_000)
    assert needs == frozenset()


def test_an_offer_that_fails_on_what_it_is_is_not_near(exa: Register) -> None:
    rules, day = Rules(exa), date(2025, 3, 1)
    car = {"vehicle": {"place": "exa_mainland", "powertrain": "combustion", "price": "50_000 EXD"}}
    found = qualify(assess(rules, ProfileReader(exa).read(car), day, day), ["vehicle"])
    assert found.near == () and found.applies == ()


# -- the index

shares = st.fractions(min_value=0, max_value=1, max_denominator=20)
weights = st.fractions(min_value=Fraction(1, 10), max_value=10, max_denominator=20)


@given(st.lists(st.tuples(weights, shares), min_size=1, max_size=6), st.data())
def test_no_weights_within_half_and_double_leave_the_band(
    pairs: list[tuple[Fraction, Fraction]], data: st.DataObject
) -> None:
    low, high = band(pairs)
    assert low <= mean_of(pairs) <= high
    turned = [
        (weight * data.draw(st.fractions(min_value=Fraction(1, 2), max_value=2)), share) for weight, share in pairs
    ]
    assert low <= mean_of(turned) <= high


def test_the_band_of_equal_groups_is_a_point() -> None:
    assert band([(Fraction(1), Fraction(1, 2)), (Fraction(3), Fraction(1, 2))]) == (Fraction(1, 2), Fraction(1, 2))
