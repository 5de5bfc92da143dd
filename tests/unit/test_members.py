"""Who belongs to what, on which day: dated data, and never inferred from one body to another."""

from datetime import date

import pytest

from rambu.load import load_folder, repository_register
from rambu.model.vocabulary import Membership
from rambu.register import Register
from tests.conftest import Run

DAYS = ("2007-07-20", "2007-07-21", "2009-04-30", "2009-05-01", "2020-01-01", "2020-01-02", "2021-01-01")
EVE, DAY = date(2025, 10, 25), date(2025, 10, 26)


@pytest.fixture(scope="module")
def register() -> Register:
    """The repository's register."""
    folder = repository_register()
    assert folder is not None
    return load_folder(folder).register


def test_asean_has_ten_members_on_the_eve_and_eleven_on_the_day(register: Register) -> None:
    assert len(register.members("ASEAN", EVE)) == 10
    assert len(register.members("ASEAN", DAY)) == 11
    assert set(register.members("ASEAN", DAY)) - set(register.members("ASEAN", EVE)) == {"TLS"}


def test_one_body_says_nothing_of_another(register: Register) -> None:
    for body in ("AKC", "AKFTA", "RCEP"):
        assert "TLS" not in (*register.members(body, DAY), *register.perhaps_members(body, DAY))
    assert "KOR" not in register.members("ASEAN", DAY)


def test_a_range_makes_nobody_a_member_before_its_end(exa: Register) -> None:
    entry = Membership.model_validate(
        {"body": "BODY", "jurisdiction": "EXA", "from": "2007-07-21..2009-05-01", "until": "2020", "source": "x"}
    )
    vocabulary = exa.vocabulary.model_copy(update={"memberships": (entry,)})
    made = Register("0", vocabulary, {}, {})
    asked = [date.fromisoformat(day) for day in DAYS]
    sure = [bool(made.members("BODY", day)) for day in asked]
    perhaps = [bool(made.perhaps_members("BODY", day)) for day in asked]
    assert sure == [False, False, False, True, True, False, False]
    assert perhaps == [False, True, True, False, False, True, False]


@pytest.mark.parametrize(("day", "number"), [("2025-10-25", 10), ("2025-10-26", 11)])
def test_the_command_counts_them(day: str, number: int, rambu: Run) -> None:
    done = rambu("members", "asean", "--as-of", day)
    assert done.stdout.startswith(f"ASEAN: {number} members")
    assert len(done.stdout.splitlines()) == number + 1


@pytest.mark.parametrize(("day", "number"), [("2025-10-25", 10), ("2025-10-26", 11)])
def test_the_pages_count_and_list_them(day: str, number: int, register: Register) -> None:
    from fastapi.testclient import TestClient

    from rambu.api import OpenRegister
    from rambu.web.app import create_app

    client = TestClient(create_app(OpenRegister(register), lambda: date(2026, 11, 25)), base_url="http://127.0.0.1")
    bodies = client.get(f"/en/topics/memberships.json?as_of={day}").json()["bodies"]
    asean = next(body for body in bodies if body["body"] == "ASEAN")
    assert (asean["number"], len(asean["members"])) == (number, number)
    own = client.get(f"/en/countries/tls.json?as_of={day}").json()["memberships"]
    assert [one["body"] for one in own] == (["ASEAN"] if number == 11 else [])
