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


# -- practices


def test_a_practice_of_exa_is_clean_and_nonsense_is_not(exa: Register) -> None:
    from rambu.check.practice import practice_problems
    from rambu.strict_yaml import Document

    (practice,) = exa.practices
    document = Document({}, {}, {}, "practice.yaml")
    assert list(practice_problems(exa, practice, document)) == []
    source = next(iter(practice.sources.values())).model_copy(update={"url": "https://nowhere.test/x"})
    achieved = practice.achieved[0].model_copy(update={"unit": "parsecs", "source": "gone"})
    wrong = practice.model_copy(
        update={"topics": ("carbon-tx",), "sectors": ("no_such",), "achieved": (achieved,), "sources": {"one": source}}
    )
    told = [problem.what for problem in practice_problems(exa, wrong, document)]
    assert told == [
        "unknown topic carbon-tx",
        "unknown activity no_such",
        "unknown unit parsecs",
        "no source gone",
        "nowhere.test is not among the publishers",
    ]
