"""Search: tokens of every script, one concept with all its terms, what is found first."""

import pytest

from rambu.register import Register
from rambu.search.concepts import Concepts
from rambu.search.find import Finder
from rambu.search.tokens import graphemes, tokens, words

RULE = "exa/clean-transport-act"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Carbon Taxes, 2026", ["carbon", "taxe", "2026"]),
        ("subsidies for buses", ["subsidy", "for", "buse"]),
        ("전기차 보조금", ["전기차", "전기", "기차", "보조금", "보조", "조금"]),
        ("전기차EV", ["전기차", "전기", "기차", "ev"]),
        ("Thuế các-bon Đà Nẵng", ["thue", "cac", "bon", "da", "nang"]),
        ("ภาษี", ["ภาษี", "ภา", "าษี"]),
        ("碳税", ["碳税", "碳税"]),
        ("", []),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_a_mark_stays_with_its_letter() -> None:
    assert graphemes("กิน้") == ["กิ", "น้"]
    assert words("ﬁscal İstanbul")[0] == "ﬁscal"


def test_a_concept_is_known_by_each_of_its_terms(exa: Register) -> None:
    concepts = Concepts(exa.vocabulary)
    found = list(concepts.of(["the", "carbon", "tax"]))
    assert [(one.first, one.last) for one in found] == [(1, 3)]
    assert set(found[0].terms) == {"Carbon tax", "탄소세"}
    assert [one.terms for one in concepts.of(["구매", "보조금"])] == [("Purchase subsidies", "구매보조금")]


@pytest.mark.parametrize(
    "query",
    ["purchase subsidy", "구매보조금", "구매 보조금", "보조금", "subsid", "Purchase Subsidies Exa", "엑사 보조금"],
)
def test_what_is_meant_stands_among_the_first(exa: Register, query: str) -> None:
    first = [hit.id for hit in Finder(exa).find(query)[:4]]
    assert f"{RULE}.subsidy" in first or "ev-purchase-subsidy" in first


@pytest.mark.parametrize("query", ["", " ", "???", "zzzzzz", "%", "\ud800", "a" * 10_000, "가" * 5_000, "x " * 5_000])
def test_odd_queries_find_little_and_break_nothing(exa: Register, query: str) -> None:
    assert len(Finder(exa).find(query)) <= 30
