"""Rows of a width, by words, with Korean letters counted double."""

from hypothesis import given
from hypothesis import strategies as st

from rambu.publish.layout import Line, columns, laid_out, line


def test_continued_rows_hang() -> None:
    assert (
        laid_out([line(2, "one two three four five six", hang=2)], 22, colour=False)
        == "  one two three four\n    five six\n"
    )


def test_korean_takes_two_columns_a_letter() -> None:
    assert columns("탄소세 x") == 8


def test_pieces_keep_their_styles() -> None:
    text = laid_out([Line(0, (("plain ", ""), ("bold", "head")))], 40, colour=True)
    assert text == "plain \x1b[1mbold\x1b[0m\n"


def test_an_empty_line_is_an_empty_row() -> None:
    assert laid_out([line(4, "")], 40, colour=False) == "\n"


@given(st.text("ab 한글.", max_size=200), st.integers(20, 80), st.integers(0, 6))
def test_nothing_is_lost_and_no_row_is_too_wide(text: str, width: int, left: int) -> None:
    rows = laid_out([line(left, text)], width, colour=False)
    assert rows.replace("\n", "").replace(" ", "") == text.replace(" ", "")
    longest = max((columns(word) for word in text.split(" ")), default=0)
    assert all(columns(row) <= max(width, left + longest, left + 20) for row in rows.splitlines())
