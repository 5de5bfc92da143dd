"""The canonical form: same meaning, same comments, one order, and formatting it again changes nothing."""

import json
from pathlib import Path

import pytest

from rambu.errors import RambuError
from rambu.fmt import formatted
from rambu.strict_yaml import read
from tests.conftest import ROOT, Run

FILES = sorted((ROOT / "register").rglob("*.yaml")) + sorted((ROOT / "tests" / "register_exa").rglob("*.yaml"))
PROVISION = """\
id: exa/x
provisions:
  duty:
    subject: company
    kind: duty
"""


def readable(path: Path) -> bool:
    try:
        read(path.read_text("utf-8"), str(path))
    except RambuError:
        return False
    return True


@pytest.mark.parametrize(
    "path", [path for path in FILES if readable(path)], ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_every_file_keeps_its_meaning_and_settles(path: Path) -> None:
    text = path.read_text("utf-8")
    once = formatted(text, "x.yaml")
    assert plain(read(once, "x.yaml").data) == plain(read(text, "x.yaml").data)
    assert formatted(once, "x.yaml") == once


def plain(data: object) -> str:
    return json.dumps(data, default=str, sort_keys=True).replace("_", "")


def after(text: str) -> str:
    return formatted(text, "x.yaml")


def test_keys_come_in_the_order_of_the_guide() -> None:
    assert after(PROVISION).splitlines()[3:] == ["    kind: duty", "    subject: company"]


def test_a_comment_moves_with_the_key_that_it_stands_above_or_beside() -> None:
    text = PROVISION.replace("    kind: duty", "    # why\n    kind: duty  # what")
    assert after(text).splitlines()[3:] == ["    # why", "    kind: duty  # what", "    subject: company"]


def test_comments_at_the_end_stay_there() -> None:
    assert after(PROVISION + "# the end\n").endswith("# the end\n")


@pytest.mark.parametrize(
    ("before", "grouped"),
    [
        ("12345", "12_345"), ("1234", "1234"), ("1_000_000", "1_000_000"), ("12345.6789", "12_345.6789"),
        ("20000..30000", "20_000..30_000"), ("20000 + 10 * ceil(x / 10)", "20_000 + 10 * ceil(x / 10)"),
        ("2026-11-24", "2026-11-24"), ("0.123456", "0.123456"), ("code_12345", "code_12345"),
    ],
)  # fmt: skip
def test_digits_are_grouped_from_five_on(before: str, grouped: str) -> None:
    text = PROVISION + f"    values:\n      big: {{unit: count, is: {before}}}\n"
    assert f"is: {grouped}}}" in after(text)


def test_numbers_of_laws_and_quoted_texts_stay_as_they_are() -> None:
    text = 'id: exa/x\nsources:\n  act: {title: "Law 12345", number: 12345}\nprovisions: {}\n'
    assert after(text) == text


def test_a_condition_with_commas_or_of_some_length_stands_in_block_style() -> None:
    value = '{unit: EXD, rows: [{when: "x in (a, b)", is: 10}, {else: 0}]}'
    text = PROVISION + f"    values:\n      amount: {value}\n"
    assert after(text).splitlines()[5:] == [
        "    values:",
        "      amount:",
        "        unit: EXD",
        "        rows:",
        "          - when: x in (a, b)",
        "            is: 10",
        "          - {else: 0}",
    ]


def test_a_value_has_its_unit_first_and_its_tree_last() -> None:
    text = PROVISION + "    values:\n      amount: {is: 5, source: act, unit: EXD, sense: up_to}\n"
    assert "amount: {unit: EXD, sense: up_to, source: act, is: 5}" in after(text)


def test_languages_come_english_first() -> None:
    assert "title: {en: A, ko: B, vi: C}" in after(PROVISION + "    title: {vi: C, ko: B, en: A}\n")


def test_empty_lines_between_entries_stay_and_many_become_one() -> None:
    assert after("facts:\n\n\n  a: {x: 1}\n\n  b: {x: 2}\n") == "facts:\n\n  a: {x: 1}\n\n  b: {x: 2}\n"


@pytest.mark.parametrize("head", ["|", ">", "|-"])
def test_long_texts_keep_their_lines(head: str) -> None:
    lines = [
        "id: exa/x",
        "summary:",
        f"    en: {head}",
        "        One line",
        "          deeper",
        "",
        "        another # no comment",
    ]
    text = "\n".join([*lines, "provisions: {}", ""])
    once = after(text)
    assert read(once, "x").data == read(text, "x").data
    assert after(once) == once


def test_a_list_over_several_lines_comes_onto_one_if_it_fits() -> None:
    assert after("a: [one,\n    two]\n") == "a: [one, two]\n"


def test_a_file_with_errors_is_refused() -> None:
    with pytest.raises(RambuError):
        after("a: {b: c\n")


def test_the_command_checks_changes_and_is_then_content(rambu: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(PROVISION)
    checked = rambu("fmt", file, "--check")
    assert (checked.returncode, checked.stdout) == (1, f"would change {file}\n")
    assert file.read_text() == PROVISION
    assert rambu("fmt", file).stdout == f"changed {file}\n"
    assert rambu("fmt", file, "--check").returncode == 0


def test_the_command_says_what_is_wrong_with_a_file(rambu: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: 1\na: 2\n")
    done = rambu("fmt", "x.yaml")
    assert done.returncode == 2
    assert "x.yaml:2:1: [duplicate-key]" in done.stderr
