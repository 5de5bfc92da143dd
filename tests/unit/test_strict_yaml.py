import re
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from rambu import strict_yaml
from rambu.errors import Problem, RambuError
from rambu.strict_yaml import Document, KeyPath, read, read_file, resolve
from rambu.yaml_complaints import COMPLAINTS, SYNTAX


def problems(content: bytes | str) -> tuple[Problem, ...]:
    with pytest.raises(RambuError) as caught:
        read(content, "f.yaml")
    return caught.value.problems


def places(content: bytes | str) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in problems(content)]


def refusal(path: Path) -> Problem:
    with pytest.raises(RambuError) as caught:
        read_file(path)
    (problem,) = caught.value.problems
    return problem


# What plain scalars mean

MEANINGS: list[tuple[str, object]] = [
    ("true", True),
    ("false", False),
    ("0", 0),
    ("-7", -7),
    ("-0", 0),
    ("1_000_000", 1_000_000),
    ("-10_5", -105),
    ("9" * 100, int("9" * 100)),
    ("0.07", Decimal("0.07")),
    ("-1_250.50", Decimal("-1250.50")),
    ("1.10", Decimal("1.10")),
    ("2024-02-29", date(2024, 2, 29)),
    ("0001-01-01", date(1, 1, 1)),
]
PLAIN_TEXTS = """
    NO no No yes Yes on On off y n True TRUE False none None Null NULL
    0555 00 -01 00.5 0x1F 0o17 0b11 12:30:45 1:30 190:20:30 1e999 1.5e3 .5 5. 1. .inf .nan -.inf +5 +1.5 -- -x
    1__0 1_ _1 0_1 1_.5 1.5_0 1.2.3 10% 5kg .. 9..15 0.5..0.7 2025.. 2025-12-07..2025-12-08 2026-01-15.. 01-31
    2024-1-1 2024-01 2024-01-01T00:00:00 ٣ ２０２４ = << a<<b 1-2 EXD/year subsidy.amount
"""
TEXTS = PLAIN_TEXTS.split()


@pytest.mark.parametrize(("text", "meaning"), MEANINGS)
def test_a_plain_scalar_means(text: str, meaning: object) -> None:
    for data in (read(f"a: {text}", "f").data, read(f"{{a: {text}}}", "f").data):
        assert repr(data) == repr({"a": meaning})


@pytest.mark.parametrize("text", TEXTS)
def test_a_plain_scalar_stays_text(text: str) -> None:
    assert read(f"a: {text}", "f").data == {"a": text}
    assert read(f"{{a: {text}}}", "f").data == {"a": text}


def test_a_scalar_over_two_lines_is_text() -> None:
    assert read("a: 1\n  2\nb: 2024-01-01\n  .5", "f").data == {"a": "1 2", "b": "2024-01-01 .5"}


def test_block_text_may_hold_anything() -> None:
    data = read("a: |\n  null\n  x in (a, b\nb: >\n  2024\nc: |\n", "f").data
    assert data == {"a": "null\nx in (a, b\n", "b": "2024\n", "c": ""}


@pytest.mark.parametrize(
    "text", ["true", "12", "1.5", "2024-01-01", "2025-02-30", "null", "~", "", "<<", "(", "1" * 1000]
)
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_quoted_scalar_is_always_text(quote: str, text: str) -> None:
    quoted = f"{quote}{text}{quote}"
    assert read(f"a: {quoted}\nb: [{quoted}]", "f").data == {"a": text, "b": [text]}
    assert read(f"{{{quoted} : x}}", "f").data == {text: "x"}


@pytest.mark.parametrize(
    "text", ["2024", "2024-01-01", "1.50", "1_000", "true", "on", "yes", "NO", "..", "0555", "a b", "f(x)"]
)
def test_a_key_is_kept_as_it_is_written(text: str) -> None:
    assert read(f"{text}: x", "f").data == {text: "x"}


def test_resolve_says_what_a_writer_must_quote() -> None:
    assert resolve("2024") == 2024
    assert resolve("EXA") == "EXA"


# Traps: one text, the complaints it gets


TRAPS: list[tuple[str, list[tuple[str, int, int]]]] = [
    # nothing
    ("a: null", [("no-value", 1, 4)]),
    ("a: ~", [("no-value", 1, 4)]),
    ("a:\nb: 1", [("no-value", 1, 3)]),
    ("a: # later", [("no-value", 1, 3)]),
    ("- 1\n-\n- ~", [("no-value", 2, 2), ("no-value", 3, 3)]),
    ("{a: , b}", [("no-value", 1, 5), ("no-value", 1, 8)]),
    ("{from:2024}", [("no-value", 1, 11)]),
    ("null: 1\n~: 2\n", [("empty-key", 1, 1), ("empty-key", 2, 1)]),
    ("? \n: 1", [("empty-key", 1, 2)]),
    ("", [("empty-file", 1, 1)]),
    ("# only a remark\n", [("empty-file", 1, 1)]),
    ("---\n", [("empty-file", 2, 1)]),
    ("null", [("empty-file", 1, 1)]),
    # days and numbers
    ("a: 2025-02-30", [("no-such-day", 1, 4)]),
    ("a: 2023-02-29", [("no-such-day", 1, 4)]),
    ("a: 0000-01-01", [("no-such-day", 1, 4)]),
    ("2025-13-01: 5", [("no-such-day", 1, 1)]),
    ("a: " + "9" * 101, [("long-number", 1, 4)]),
    ("a: " + "9" * 100_000, [("long-number", 1, 4)]),
    # keys
    ("a: 1\nb: 2\na: 3", [("duplicate-key", 3, 1)]),
    ("x:\n  a: 1\n  'a': 2", [("duplicate-key", 3, 3)]),
    ('2024: 1\n"2024": 2', [("duplicate-key", 2, 1)]),
    ("a: {x: 1}\na: {x: 1}", [("duplicate-key", 2, 1)]),
    ("b:\n  <<: 1", [("merge-key", 2, 3)]),
    ("? [a, b]\n: 1", [("complex-key", 1, 3)]),
    ('? {a: 1}\n: 1\n"": 2', [("complex-key", 1, 3), ("duplicate-key", 3, 1)]),
    ("a: {{ amount }}", [("complex-key", 1, 5)]),
    # anchors and tags
    ("a: &x 1\nb: *x", [("anchor", 1, 4), ("anchor", 2, 4)]),
    ("a: &x [1]\nb: {*x : 1}", [("anchor", 1, 4), ("anchor", 2, 5)]),
    ("a: !!python/object/apply:os.system [ls]", [("tag", 1, 4)]),
    ("a: !!str 1", [("tag", 1, 4)]),
    ("a: ! x", [("tag", 1, 4)]),
    ("!!map {a: 1}", [("tag", 1, 1)]),
    ("!!str a: 1", [("tag", 1, 1)]),
    ("%YAML 1.2\n---\na: 1", [("directive", 1, 1)]),
    ("# x\n%TAG ! tag:x,2000:\n---\na: 1", [("directive", 2, 1)]),
    ("a: 1\n---\nb: 2", [("second-document", 2, 1)]),
    # texts cut at their commas
    ("{applies_when: x in (a, b), from: 2024-01-01}", [("split-text", 1, 16)]),
    ("a:\n  - {when: f(1, g(2, 2), 2), is: ~}\n  - {is: 1}", [("split-text", 2, 12)]),
    ("[x in (a, b), c]", [("split-text", 1, 2)]),
    ("{a: )(}", [("split-text", 1, 5)]),
    ("{b): 1}", [("split-text", 1, 2)]),
    ("a (b: 1\nc) d: 2", [("split-text", 1, 1), ("split-text", 2, 1)]),
    # characters
    ("a: 1\nb: x\0y\0", [("character", 2, 5)]),
    ("a: \ud800", [("character", 1, 4)]),
    ("a: \x1b[31m", [("character", 1, 4)]),
    ("a: \ufeffb", [("character", 1, 4)]),
    ('a: "\\0"', [("character", 1, 4)]),
    ('"\\e": 1', [("character", 1, 1)]),
    # syntax
    ("a: b: c", [("syntax", 1, 5)]),
    ("a: 1\n b: 2", [("syntax", 2, 3)]),
    ("a:\n\tb: 1", [("syntax", 2, 1)]),
    ("a: @x", [("syntax", 1, 4)]),
    ("a: ]", [("syntax", 1, 4)]),
    ("a: 'it's'", [("syntax", 1, 8)]),
    ('a: "x', [("syntax", 1, 6)]),
    ('a: "\\q"', [("syntax", 1, 5)]),
    ('a: "\\ud83d"', [("syntax", 1, 7)]),
    ("a: [1\nb: 2", [("syntax", 2, 2)]),
    ("a: {b: market_cap[day] > 1}", [("syntax", 1, 18)]),
    ("a: !x!y z", [("syntax", 1, 4)]),
    ("a: *", [("syntax", 1, 5)]),
    ("{a: 1}}", [("syntax", 1, 7)]),
]


@pytest.mark.parametrize(("text", "expected"), TRAPS, ids=[repr(text[:40]) for text, _ in TRAPS])
def test_a_trap_is_refused_where_it_stands(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert places(text) == expected
    assert places(text.replace("\n", "\r\n")) == expected
    assert all(problem.file == "f.yaml" and problem.what and problem.do for problem in problems(text))


def test_all_complaints_of_a_file_come_together() -> None:
    text = "a: ~\na: &x !!str 2025-02-30\nb: {c: f(x, y)}\nd: 2025-02-30\ne: [1\n"
    codes = ["no-value", "duplicate-key", "anchor", "tag", "split-text", "no-such-day", "syntax"]
    assert [code for code, _, _ in places(text)] == [*codes[:4], "no-such-day", *codes[4:]]


def test_complaints_name_what_they_are_about() -> None:
    assert "'rate' has no value" in problems("rate:")[0].what
    assert "none, .., or leave the key out" in problems("rate:")[0].do
    assert "already on line 1" in problems("a: 1\nb: 2\na: 3")[0].what
    assert "2025-02-30" in problems("a: 2025-02-30")[0].what
    assert "!!python/name:os.system" in problems("!!python/name:os.system x")[0].what
    assert "quote it" in problems("{a: f(x, y)}")[0].do
    assert "began on line 1" in problems('a: "x\ny')[0].what


def test_no_complaint_ends_a_terminal_line_or_colours_it() -> None:
    for problem in problems('"a\\x1b\\n": ~\n"a\\x1b\\n": ~'):
        assert str(problem).isprintable()


@pytest.mark.parametrize("words", SYNTAX)
def test_every_syntax_error_has_our_own_words(words: str) -> None:
    what, do = SYNTAX[words]
    assert what and do


def test_words_of_libyaml_that_we_do_not_know_are_passed_on() -> None:
    (problem,) = problems("a: !<x")
    assert problem.code == "syntax"
    assert "did not find the expected '>'" in problem.what


def test_every_complaint_can_be_worded() -> None:
    blanks = dict.fromkeys(re.findall(r"{(\w+)", str(COMPLAINTS)), 1)
    for what, do in COMPLAINTS.values():
        assert what.format(**blanks) and do.format(**blanks)


# Bytes


@pytest.mark.parametrize("content", [b"a: \xea\xb0\x80", b"\xef\xbb\xbfa: \xea\xb0\x80", "a: 가", "\ufeffa: 가"])
def test_utf_8_is_read_with_and_without_its_mark(content: bytes | str) -> None:
    document = read(content, "f")
    assert document.data == {"a": "가"}
    assert document.at(("a",)) == (1, 4)


def test_a_byte_that_is_not_utf_8_is_named() -> None:
    (problem,) = problems("가: 1\nb: 나".encode() + b"\xe9")
    assert (problem.code, problem.line, problem.column) == ("not-utf-8", 2, 5)
    assert "byte 14 of the file (0xE9)" in problem.what


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_refused(encoding: str) -> None:
    assert problems("a: 가".encode(encoding))[0].code in ("not-utf-8", "character")


def test_text_beyond_the_first_plane_is_kept() -> None:
    assert read('a: 🛺\nb: "\\U0001F6FA"', "f").data == {"a": "🛺", "b": "🛺"}


# Files


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\r\nb: [x]\r\n")
    assert read_file(path) == Document(
        {"a": 1, "b": ["x"]},
        {(): (1, 1), ("a",): (1, 4), ("b",): (2, 4), ("b", 0): (2, 5)},
        {("a",): (1, 1), ("b",): (2, 1)},
        str(path),
    )


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1")
    assert refusal(tmp_path).code == "directory"
    assert refusal(tmp_path / "b.yaml").code == "missing-file"
    assert refusal(tmp_path / "a\0.yaml").code == "missing-file"
    assert refusal(tmp_path / "\ud800.yaml").code == "missing-file"
    assert refusal(tmp_path / "a.yaml" / "b.yaml").code == "unreadable"
    assert refusal(tmp_path / ("a" * 300)).code == "unreadable"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000 * 50_001 // 2)
    began = time.perf_counter()
    assert refusal(path).code == "too-large"
    assert time.perf_counter() - began < 0.1


def test_both_sides_of_the_largest_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(strict_yaml, "LARGEST_FILE", 6)
    path = tmp_path / "a.yaml"
    path.write_text("a: 123")
    assert read_file(path).data == {"a": 123}
    path.write_text("a: 1234")
    assert refusal(path).code == "too-large"
    assert places("a: 1234") == [("too-large", 0, 0)]


def test_a_device_without_a_size_is_read_no_further_than_the_limit() -> None:
    assert refusal(Path("/dev/zero")).code == "too-large"


def test_without_libyaml_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert places("a: 1") == [("no-libyaml", 0, 0)]


# Limits


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "{" * 50_000,
        "- " * 50_000,
        "? " * 50_000,
        "{a: " * 50_000,
        "[\n" * 50_000,
        "[" * 50_000 + "]" * 50_000,
        "".join(f"{' ' * level}a:\n" for level in range(3_000)),  # deeper is larger than the largest file
        "".join(f"{' ' * level}-\n" for level in range(3_000)),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_deep_nesting_is_a_problem_within_a_second(text: str) -> None:
    began = time.perf_counter()
    assert problems(text)[-1].code == "too-deep"
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_both_sides_of_the_deepest_level(opening: str, closing: str) -> None:
    assert read(opening * 40 + "1" + closing * 40, "f")
    assert places(opening * 41 + "1" + closing * 41) == [("too-deep", 1, 40 * len(opening) + 1)]


def test_both_sides_of_the_most_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "MOST_NODES", 4)
    assert read("[1, 2, 3]", "f").data == [1, 2, 3]
    assert places("[1, 2, 3, 4]") == [("too-many-values", 1, 11)]


def test_aliases_cannot_multiply() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert {problem.code for problem in problems(bomb)} == {"anchor"}


def test_directives_cannot_make_it_slow() -> None:
    began = time.perf_counter()
    assert places("".join(f"%TAG !a{number}! b\n" for number in range(200_000)) + "--- a") == [("directive", 1, 1)]
    assert time.perf_counter() - began < 1


# Places


SAMPLE = """\
# A remark
id: exa/act
title: {en: Act, ko: "법"}
values:
  amount:
    unit: EXD
    bands:
      - {below: 12, is: none}
      - is: ..
    note: |
      text
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (2, 1)),
        (("id",), (2, 5)),
        (("title", "ko"), (3, 22)),
        (("values", "amount", "bands", 0), (8, 9)),
        (("values", "amount", "bands", 0, "is"), (8, 25)),
        (("values", "amount", "bands", 1), (9, 9)),
        (("values", "amount", "bands", 1, "is"), (9, 13)),
        (("values", "amount", "note"), (10, 11)),
        (("values", "amount", "bands"), (8, 7)),
        (("values", "amount", "bands", 7, "is"), (8, 7)),
        (("values", "amount", "sense"), (6, 5)),
        (("nowhere", 0), (2, 1)),
    ],
)
def test_at_finds_the_value_or_the_nearest_around_it(path: KeyPath, place: tuple[int, int]) -> None:
    assert read(SAMPLE, "f").at(path) == place


def test_keys_have_places_of_their_own() -> None:
    keys = read(SAMPLE, "f").keys
    assert keys["title",] == (3, 1)
    assert keys["title", "ko"] == (3, 18)
    assert keys["values", "amount", "bands", 1, "is"] == (9, 9)


# Properties

texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff") | st.just("\n"))
decimals = st.builds(
    lambda number, places: Decimal(number).scaleb(-places), st.integers(-(10**20), 10**20), st.integers(1, 12)
)
looking_like_others = st.sampled_from(
    [
        *TEXTS,
        *(text for text, _ in MEANINGS),
        "null",
        "~",
        "2025-02-30",
        "- a",
        "a: b",
        " #",
        "(",
        "%",
        "---",
        "&a",
        "*a",
        "!a",
    ]
)
scalars = texts | looking_like_others | st.booleans() | st.integers(-(10**40), 10**40) | decimals | st.dates()
keys = looking_like_others | st.text("abc_09", max_size=8) | texts.filter(lambda text: len(text) < 50)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=25,
)
SAFE = re.compile(r"[A-Za-z_](?:[\w.()-]*[\w)])?", re.ASCII)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + re.sub("[\x7f-\xa0\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def written_text(text: str) -> str:
    plain = SAFE.fullmatch(text) and text not in ("true", "false", "null") and "(" not in text and ")" not in text
    return text if plain else quoted(text)


def written_scalar(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return f"{value:_}"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return written_text(str(value))


def flow(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{written_text(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case _:
            return written_scalar(value)


def block(value: object, indent: str = "") -> str:
    if not value or not isinstance(value, dict | list):
        return f" {flow(value)}\n"
    heads = (
        ((f"{written_text(key)}:", inner) for key, inner in value.items())
        if isinstance(value, dict)
        else (("-", inner) for inner in value)
    )
    return "\n" + "".join(f"{indent}{head}{block(inner, indent + '  ')}" for head, inner in heads)


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in children:
        yield from paths(inner, (*path, step))


@given(trees)
def test_what_is_written_is_read_again(tree: object) -> None:
    for text in (flow(tree), block(tree)):
        document = read(text.encode(), "f")
        assert repr(document.data) == repr(tree)  # repr, because 1 == True == Decimal(1)
        assert set(document.marks) == set(paths(tree))
        assert set(document.keys) == {path for path in paths(tree) if path and isinstance(path[-1], str)}


@given(trees)
def test_what_pyyaml_writes_in_quotes_is_read_again(tree: object) -> None:
    words = as_text(tree)
    assert read(yaml.safe_dump(words, default_style='"', allow_unicode=True), "f").data == words


def as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    return [as_text(inner) for inner in value] if isinstance(value, list) else str(value)


def only_our_types(value: object) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and only_our_types(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(only_our_types, value))
    return type(value) in (str, bool, int, Decimal, date)


def reads_or_refuses(content: bytes | str) -> None:
    try:
        document = read(content, "f")
    except RambuError as error:
        assert error.problems
    else:
        assert only_our_types(document.data)
        assert all(line > 0 and column > 0 for line, column in document.marks.values())


@given(st.text() | st.text(" \n\t-:?,[]{}#&*!|>'\"%@`ab01.~<()\\_\r\u2028\x85\ufeff") | st.binary())
@example("\ud800")
@example("9" * 5_000)
@example("a: " + "1" * 5_000 + ".5")
@example("? ? ?")
@example("*a : *b")
def test_any_text_is_read_or_refused(content: bytes | str) -> None:
    reads_or_refuses(content)


@given(st.integers(0, len(SAMPLE)), st.integers(0, 5), st.text(" \n\t-:?,[]{}#&*!|>'\"%~()<ab1", max_size=6))
def test_a_file_with_a_slip_is_read_or_refused(start: int, dropped: int, slip: str) -> None:
    reads_or_refuses(SAMPLE[:start] + slip + SAMPLE[start + dropped :])


# Speed


def test_five_hundred_files_take_less_than_three_seconds() -> None:
    text = "".join(
        f"provision_{number}:\n  values: {{unit: EXD, is: {number}_000}}\n  from: 2024-01-01\n"
        for number in range(1, 51)
    )
    began = time.perf_counter()
    for _ in range(500):
        read(text.encode(), "f")
    assert time.perf_counter() - began < 3
