import pickle

import pytest

from rambu.errors import Problem, RambuError, likely

HERE = Problem("kor.yaml", 3, 7, "no-value", "'rate' has no value", "write none, .., or leave the key out")


def test_a_problem_says_where_what_and_what_to_do() -> None:
    text = "kor.yaml:3:7: [no-value] 'rate' has no value → write none, .., or leave the key out"
    assert str(HERE) == text


@pytest.mark.parametrize(
    ("line", "column", "place"), [(0, 0, "a.yaml: ["), (4, 0, "a.yaml:4: ["), (4, 1, "a.yaml:4:1: [")]
)
def test_a_place_that_is_not_known_is_not_printed(line: int, column: int, place: str) -> None:
    assert str(Problem("a.yaml", line, column, "code", "what", "do")).startswith(place)


def test_problems_sort_by_file_and_place() -> None:
    def at(file: str, line: int, column: int) -> Problem:
        return Problem(file, line, column, "code", "what", "do")

    shuffled = [at("b", 1, 1), at("a", 10, 2), at("a", 2, 9), at("a", 10, 1)]
    assert sorted(shuffled) == [at("a", 2, 9), at("a", 10, 1), at("a", 10, 2), at("b", 1, 1)]


def test_a_problem_is_an_error_unless_said_to_be_a_warning() -> None:
    assert HERE.severity == "error"


def test_one_problem_reads_as_one_line() -> None:
    assert str(RambuError([HERE])) == str(HERE)


def test_several_problems_are_counted_and_all_told() -> None:
    error = RambuError(iter([HERE, HERE]))
    assert error.problems == (HERE, HERE)
    assert str(error).splitlines() == ["2 problems", str(HERE), str(HERE)]


def test_an_error_survives_the_way_between_processes() -> None:
    assert pickle.loads(pickle.dumps(RambuError([HERE]))).problems == (HERE,)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("aplies_when", "applies_when"),
        ("applies-when", "applies_when"),
        ("form", "from"),
        ("TITLE", "title"),
        ("kor", "KOR"),
        ("zzz", None),
        ("", None),
        ("applies_when" * 100_000, None),
    ],
)
def test_the_likely_word(word: str, meant: str | None) -> None:
    assert likely(word, ["applies_when", "from", "title", "KOR"]) == meant


def test_nothing_is_likely_where_nothing_can_be_chosen() -> None:
    assert likely("title", iter(())) is None
