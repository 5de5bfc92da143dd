"""Warnings of age and of weak sources, on both sides of each line."""

from datetime import date

from rambu.age import age, is_over, weak_values
from rambu.check.whole import Checker
from rambu.load import load_folder
from rambu.model.instrument import Event, Instrument, Review
from rambu.register import Register
from tests.conftest import EXA


def reviewed(exa: Register, until: str, due: str) -> Instrument:
    """An instrument of EXA whose sources speak up to a day and that is due on another."""
    review = Review(checked_on="2026-01-01", sources_until=until, next_check=due)
    return exa.instruments["exa/clean-transport-act"].model_copy(update={"review": review})


def test_sources_are_old_after_eighteen_months(exa: Register) -> None:
    instrument = reviewed(exa, "2025-01-01", "2030-01-01")
    assert not age(exa, instrument, date(2026, 7, 3)).old
    assert age(exa, instrument, date(2026, 7, 4)).old


def test_a_file_is_due_on_its_day(exa: Register) -> None:
    instrument = reviewed(exa, "2026-01-01", "2026-06-01")
    assert not age(exa, instrument, date(2026, 5, 31)).due
    assert age(exa, instrument, date(2026, 6, 1)).due


def test_what_is_over_has_no_old_sources(exa: Register) -> None:
    instrument = reviewed(exa, "2020-01-01", "2030-01-01")
    ended = Event(date="2020-01-01", event="repealed", source="act")
    over = instrument.model_copy(update={"history": (*instrument.history, ended)})
    part = ended.model_copy(update={"provisions": ("subsidy",)})
    assert is_over(over) and not age(exa, over, date(2026, 1, 1)).old
    assert not is_over(instrument.model_copy(update={"history": (*instrument.history, part)}))


def test_a_value_on_the_press_alone_is_weak(exa: Register) -> None:
    instrument = exa.instruments["exa/customs-tariff"]
    assert weak_values(exa, instrument) == []
    press = {name: source.model_copy(update={"kind": "press"}) for name, source in instrument.sources.items()}
    assert weak_values(exa, instrument.model_copy(update={"sources": press})) == ["duty.rate", "duty.amount"]


def test_the_checker_warns_only_when_it_knows_the_day() -> None:
    loaded = load_folder(EXA)
    assert [problem for problem in Checker(loaded).run() if problem.severity == "warning"] == []
    assert all(problem.severity == "warning" for problem in Checker(loaded, today=date(2099, 1, 1)).run())
