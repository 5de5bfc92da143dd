"""Where two readers would differ: each rule of the format that was settled, held by an example."""

from datetime import date
from typing import Any

import pytest

from rambu.assess import Assessment, Finding, assess
from rambu.engine import Assessing
from rambu.errors import RambuError
from rambu.expressions.parse import ExpressionError
from rambu.expressions.span import NOTHING, Span, exactly
from rambu.expressions.subject import Subject
from rambu.load import read_profile
from rambu.model.instrument import Instrument
from rambu.register import Address, Register
from rambu.rules import Rules
from tests.generate import ADDRESS, register, vocabulary

ADOPTED = {"date": "2020-01-01", "event": "adopted", "source": "act"}
IN_FORCE = {"date": "2021-01-01", "event": "in_force", "source": "act"}


def answer(
    provision: dict[str, Any],
    facts: str = "place: exa",
    as_of: str = "2025-06-30",
    known_on: str | None = None,
    history: list[dict[str, Any]] | None = None,
) -> Finding:
    """The finding for one provision and one company."""
    return findings(register(provision, history), facts, as_of, known_on).findings[0]


def findings(made: Register, facts: str, as_of: str = "2025-06-30", known_on: str | None = None) -> Assessment:
    """An assessment of one company."""
    profile = read_profile(f"company: {{{facts}}}", "test.yaml", made)
    return assess(Rules(made), profile, date.fromisoformat(as_of), date.fromisoformat(known_on or as_of))


def value(found: Finding, name: str = "amount") -> Span:
    """A value of a finding."""
    return next(entry.span for entry in found.answers if entry.name == name)


def several(provisions: dict[str, dict[str, Any]], history: list[dict[str, Any]] | None = None) -> Register:
    """A register of one file with several provisions."""
    base = register({}, history).instruments[ADDRESS.file].model_dump(by_alias=True, exclude_defaults=True)
    words = {"en": "made up", "ko": "지어낸 것"}
    common = {"kind": "duty", "title": words, "subject": "company", "extent": "anywhere", "at": {"source": "act"}}
    base["provisions"] = {name: {**common, **provision} for name, provision in provisions.items()}
    instrument = Instrument.model_validate(base)
    return Register("test", vocabulary(), {instrument.id: instrument}, {})


AMOUNT = {"unit": "count", "is": 5}


class TestPhase:
    @pytest.mark.parametrize(
        ("day", "phase"), [("2020-12-31", "coming"), ("2021-01-01", "in_force"), ("2019-12-31", None)]
    )
    def test_without_from_the_entry_into_force_counts_and_nothing_before_the_first_event(
        self, day: str, phase: str | None
    ) -> None:
        made = register({}, [ADOPTED, IN_FORCE])
        found = findings(made, "place: exa", day).findings
        assert [finding.phase for finding in found] == ([phase] if phase else [])

    def test_both_ends_are_inclusive(self) -> None:
        provision = {"from": "2024-01-01", "until": "2024-12-31"}
        phases = [
            answer(provision, as_of=day).phase for day in ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01")
        ]
        assert phases == ["coming", "in_force", "in_force", "ended"]

    def test_a_draft_is_proposed_and_never_counts(self) -> None:
        found = answer(
            {"values": {"amount": AMOUNT}}, history=[{"date": "2024-01-01", "event": "proposed", "source": "act"}]
        )
        assert (found.verdict, found.phase, found.counts) == ("applies", "proposed", False)
        assert value(found) == exactly(5)

    def test_from_none_is_never_and_until_none_is_no_end(self) -> None:
        assert answer({"from": "none"}).phase == "never"
        assert answer({"from": "2024-01-01", "until": "none"}).phase == "in_force"

    @pytest.mark.parametrize(
        ("day", "phase"), [("2025-02-28", "in_force"), ("2025-03-01", "suspended"), ("2025-09-01", "in_force")]
    )
    def test_suspended_and_resumed(self, day: str, phase: str) -> None:
        events = [
            {"date": "2025-03-01", "event": "suspended", "source": "act"},
            {"date": "2025-09-01", "event": "resumed", "source": "act"},
        ]
        assert answer({}, as_of=day, history=[ADOPTED, IN_FORCE, *events]).phase == phase

    def test_a_repeal_ends_the_day_before_and_an_expiry_on_its_day(self) -> None:
        for event, last in (("repealed", "2024-12-31"), ("expired", "2025-01-01")):
            history = [ADOPTED, IN_FORCE, {"date": "2025-01-01", "event": event, "source": "act"}]
            assert answer({}, as_of=last, history=history).phase == "in_force"
            assert answer({}, as_of="2025-01-02", history=history).phase == "ended"

    def test_a_start_known_only_by_its_year_leaves_that_year_open(self) -> None:
        phases = [answer({"from": "2024"}, as_of=day).phase for day in ("2023-12-31", "2024-07-01", "2025-01-01")]
        assert phases == ["coming", "unknown", "in_force"]

    def test_a_phase_in_that_hangs_on_a_fact(self) -> None:
        start = {"rows": [{"when": "staff >= 300", "is": "2024-01-01"}, {"else": "2026-01-01"}]}
        assert answer({"from": start}, "place: exa, staff: 300").phase == "in_force"
        assert answer({"from": start}, "place: exa, staff: 299").phase == "coming"
        open_one = answer({"from": start})
        assert (open_one.phase, open_one.missing) == ("unknown", {("company", "staff")})


class TestTwoAxesOfTime:
    PROVISION = {"from": {"announced": {"2020-01-01": "2024-01-01", "2023-06-01": "2026-01-01"}}}

    def test_a_delay_counts_from_the_day_it_was_announced(self) -> None:
        assert answer(self.PROVISION, as_of="2025-01-01", known_on="2023-05-31").phase == "in_force"
        assert answer(self.PROVISION, as_of="2025-01-01", known_on="2023-06-01").phase == "coming"

    def test_an_answer_about_the_past_says_what_was_announced_since(self) -> None:
        assert answer(self.PROVISION, as_of="2023-01-01").announced_since == ("2023-06-01",)

    def test_before_its_first_entry_announced_is_unknown_and_dated_is_none(self) -> None:
        late = {"values": {"amount": {"unit": "count", "announced": {"2026-01-01": 7}}}}
        assert value(answer(late)) == Span(True, None, None)
        unborn = {"values": {"amount": {"unit": "count", "dated": {"2026-01-01": 7}}}}
        assert value(answer(unborn)) == NOTHING


class TestValues:
    @pytest.mark.parametrize(("staff", "amount"), [(49, 1), (50, 1), (51, 2), (249, 2), (250, 3)])
    def test_to_includes_its_edge_and_below_does_not(self, staff: int, amount: int) -> None:
        bands = {"unit": "count", "by": "staff", "bands": [{"to": 50, "is": 1}, {"below": 250, "is": 2}, {"is": 3}]}
        assert value(answer({"values": {"amount": bands}}, f"place: exa, staff: {staff}")) == exactly(amount)

    def test_slices_are_marginal(self) -> None:
        scale = {
            "unit": "count",
            "by": "staff",
            "slices": [{"to": 50, "rate": 10}, {"to": 250, "rate": 20}, {"rate": 50}],
        }
        assert value(answer({"values": {"amount": scale}}, "place: exa, staff: 300")) == exactly(5 + 40 + 25)

    def test_where_gives_is_none_the_provision_does_not_apply(self) -> None:
        bands = {"unit": "count", "by": "staff", "bands": [{"below": 12, "is": "none"}, {"is": 2}]}
        provision = {"values": {"amount": bands}, "gives": "amount"}
        assert [answer(provision, f"place: exa, staff: {n}").verdict for n in (11, 12)] == ["does_not_apply", "applies"]
        assert answer(provision).verdict == "unknown"

    def test_a_range_given_makes_a_formula_a_range(self) -> None:
        quota = {"values": {"amount": {"unit": "count", "is": "ceil(staff * 3 / 100)"}}}
        assert value(answer(quota, "place: exa, staff: 300..500")) == Span(True, 9, 15)

    def test_values_are_read_on_the_first_day_while_coming_and_on_the_last_once_ended(self) -> None:
        tree = {"unit": "count", "dated": {"2020-01-01": 1, "2024-01-01": 2, "2026-01-01": 3, "2027-01-01": 4}}
        assert value(answer({"from": "2026-01-01", "values": {"amount": tree}})) == exactly(3)
        assert value(answer({"until": "2024-12-31", "values": {"amount": tree}})) == exactly(2)

    def test_months_clip_to_the_end_of_the_month(self) -> None:
        due = {"due": {"unit": "date", "after": "founded", "months": 1}}
        assert value(answer({"values": due}, "place: exa, founded: 2024-01-31"), "due") == exactly(
            date(2024, 2, 29).toordinal()
        )

    def test_share_of_a_board_is_rounded_up(self) -> None:
        third = {"values": {"amount": {"unit": "count", "is": "ceil(staff / 3)"}}}
        assert [value(answer(third, f"place: exa, staff: {n}")).low for n in (6, 7, 9)] == [2, 3, 3]


class TestReferences:
    def test_tax_on_tax_none_counts_as_nothing_inside_total(self) -> None:
        made = several(
            {
                "duty": {
                    "kind": "charge",
                    "applies_when": "act == steel",
                    "values": {"amount": {"unit": "count", "is": "staff * 10 / 100"}},
                },
                "vat": {
                    "kind": "charge",
                    "values": {"amount": {"unit": "count", "is": "total(staff, duty.amount) * 10 / 100"}},
                },
            }
        )
        amounts = {
            act: value(findings(made, f"place: exa, staff: 1_000, act: {act}").findings[1])
            for act in ("steel", "cement")
        }
        assert amounts == {"steel": exactly(110), "cement": exactly(100)}
        assert value(findings(made, "place: exa, staff: 1_000").findings[1]) == Span(True, 100, 110)

    def test_a_coming_rule_is_judged_with_what_will_be_in_force_then(self) -> None:
        made = several(
            {
                "listed": {"kind": "status", "from": "2026-01-01", "applies_when": "staff >= 1"},
                "report": {"from": "2026-01-01", "applies_when": "listed"},
            }
        )
        report = findings(made, "place: exa, staff: 5").findings[1]
        assert (report.verdict, report.phase) == ("applies", "coming")

    def test_a_draft_counts_its_own_statuses(self) -> None:
        made = several(
            {"high_risk": {"kind": "status"}, "duty": {"applies_when": "high_risk"}},
            [{"date": "2024-01-01", "event": "proposed", "source": "act"}],
        )
        found = {finding.address.name: finding for finding in findings(made, "place: exa").findings}
        assert found["duty"].verdict == "unknown"
        stated = findings(made, "place: exa, results: {exa/made-up.high_risk: true}").findings
        assert [(finding.address.name, finding.verdict, finding.phase) for finding in stated][-1] == (
            "duty",
            "applies",
            "proposed",
        )

    def test_an_unknown_overrider_leaves_the_overridden_open_and_false_stays_false(self) -> None:
        made = several(
            {
                "general": {"applies_when": "staff >= 1"},
                "special": {"applies_when": "state_owned", "overrides": "general"},
            }
        )
        verdicts = [
            findings(made, f"place: exa, {facts}").findings[0].verdict
            for facts in ("staff: 1, state_owned: true", "staff: 1, state_owned: false", "staff: 1", "staff: 0")
        ]
        assert verdicts == ["does_not_apply", "applies", "unknown", "does_not_apply"]

    def test_a_penalty_follows_its_duty(self) -> None:
        made = several({"duty": {"applies_when": "staff >= 1"}, "fine": {"kind": "penalty", "for": "duty"}})
        assert [finding.verdict for finding in findings(made, "place: exa, staff: 0").findings] == [
            "does_not_apply"
        ] * 2

    def test_a_stated_result_that_contradicts_the_facts_is_an_error_that_shows_both(self) -> None:
        made = several({"big": {"kind": "status", "applies_when": "staff >= 1"}})
        with pytest.raises(RambuError, match=r"states .*big: true.*make it false"):
            findings(made, "place: exa, staff: 0, results: {exa/made-up.big: true}")


class TestVerdict:
    def test_an_open_exception_is_shown_as_applies_unless_and_asked_last(self) -> None:
        found = answer({"applies_when": "staff >= 1", "unless": "state_owned"}, "place: exa, staff: 1")
        assert (found.verdict, found.unless_open) == ("unknown", True)

    def test_a_false_and_stays_false_although_facts_are_missing(self) -> None:
        found = answer({"applies_when": "staff >= 1 and state_owned"}, "place: exa, staff: 0")
        assert (found.verdict, found.missing) == ("does_not_apply", frozenset())

    def test_a_coarser_category_is_partial_knowledge(self) -> None:
        verdicts = [
            answer({"applies_when": "act == steel"}, f"place: exa, act: {act}").verdict
            for act in ("metal", "steel", "trading")
        ]
        assert verdicts == ["unknown", "applies", "does_not_apply"]

    def test_a_list_is_complete_and_in_means_any_member(self) -> None:
        verdicts = [
            answer({"applies_when": "boards == main"}, f"place: exa, boards: [{names}]").verdict
            for names in ("small, main", "small", "")
        ]
        assert verdicts == ["applies", "does_not_apply", "does_not_apply"]

    def test_place_decides_reach(self) -> None:
        made = register({"extent": ["exa"]})
        assert [finding.verdict for finding in findings(made, "place: exa").findings] == ["applies"]
        assert not findings(made, "place: other_place").findings

    def test_country_in_which_nothing_is_placed_is_said_not_answered(self) -> None:
        made = register({"extent": ["exa"]})
        profile = read_profile("company: {place: other_place}", "test.yaml", made)
        found = assess(Rules(made), profile, date(2025, 6, 30), date(2025, 6, 30), ["EXA"])
        assert (found.nowhere, found.findings) == (("EXA",), ())

    def test_a_year_never_answers_for_another(self) -> None:
        provision = {
            "applies_when": "staff >= limit or staff[-1] >= limit",
            "values": {"limit": {"unit": "count", "is": 10}},
        }
        for given, verdict in (
            ("{2024: 5, 2023: 10}", "applies"),
            ("{2024: 5}", "unknown"),
            ("{2024: 5, 2023: 9}", "does_not_apply"),
            ("10", "applies"),
            ("5", "unknown"),
        ):
            assert answer(provision, f"place: exa, staff: {given}").verdict == verdict, given

    def test_what_an_edge_filled_in_is_said(self) -> None:
        made = register({"clock": "registration_date", "from": "2025-01-01"})
        found = findings(made, "place: exa")
        assert [(entry.fact, entry.value) for entry in found.assumptions] == [("registration_date", "2025-06-30")]


def test_order_of_files_never_matters() -> None:
    made = several({"b": {"applies_when": "a"}, "a": {"kind": "status", "applies_when": "staff >= 1"}})
    turned = several({"a": {"kind": "status", "applies_when": "staff >= 1"}, "b": {"applies_when": "a"}})
    for company in (Subject("company", "x"),):
        first, second = (Assessing(Rules(one), date(2025, 1, 1), date(2025, 1, 1)) for one in (made, turned))
        for name in ("a", "b"):
            address = Address(ADDRESS.file, name)
            assert first.outcome(company, address) == second.outcome(company, address)


def test_a_company_cannot_read_the_value_of_a_site() -> None:
    made = several(
        {
            "limit": {"subject": "site", "values": {"line": {"unit": "count", "is": 7}}},
            "duty": {"applies_when": "staff >= limit.line"},
        }
    )
    with pytest.raises(ExpressionError, match="value of a site"):
        Rules(made).rule(Address(ADDRESS.file, "duty"))


def test_an_index_names_a_day_of_the_provision() -> None:
    with pytest.raises(ExpressionError, match="no day of this provision"):
        Rules(register({"applies_when": "staff[year] >= 1"})).rule(ADDRESS)
