"""The command line from outside: what it prints, where complaints go, and the code it leaves with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

PROFILE = """\
profile: Test
vehicle:
  place: exa_mainland
  powertrain: bev
  battery_energy: 39.9
  price: 30_000 EXD
  buyer: {party_kind: individual}
  maker: {results: {exa/clean-transport-act.recognised_maker: true}}
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "profile.yaml"
    file.write_text(PROFILE)
    return file


@pytest.fixture
def exa_rambu(rambu: Run, exa_folder: Path) -> Run:
    """`rambu` over the register of EXA."""

    def run(command: str, *arguments: str | Path, **more: object) -> "subprocess.CompletedProcess[str]":
        return rambu(command, *arguments, "--register", exa_folder, **more)

    return run


def test_an_answer_leaves_with_0(exa_rambu: Run, profile: Path) -> None:
    done = exa_rambu("assess", profile, "--as-of", "2026-03-01")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Test, on 1 Mar 2026: 0 duties apply")


def test_a_profile_may_come_through_stdin(exa_rambu: Run) -> None:
    done = exa_rambu("assess", "-", "--as-of", "2026-03-01", stdin=PROFILE)
    assert done.stdout.startswith("Test, on 1 Mar 2026")


@pytest.mark.parametrize(("format_", "begins"), [("md", "# Test"), ("json", "{"), ("table", "Test,")])
def test_the_answer_in_each_form(exa_rambu: Run, profile: Path, format_: str, begins: str) -> None:
    done = exa_rambu("assess", profile, "--as-of", "2026-03-01", "--format", format_)
    assert done.stdout.startswith(begins)


def test_both_days_are_kept_apart(exa_rambu: Run, profile: Path) -> None:
    done = exa_rambu("assess", profile, "--as-of", "2026-03-01", "--known-on", "2025-09-09", "--format", "json")
    answer = json.loads(done.stdout)
    assert (answer["as_of"], answer["known_on"]) == ("2026-03-01", "2025-09-09")
    assert next(one for one in answer["findings"] if one["provision"].endswith("subsidy"))["phase"] == "ended"


def test_the_language_comes_from_the_option_or_the_environment(exa_rambu: Run, profile: Path) -> None:
    day = ("--as-of", "2026-03-01")
    assert "기준일" in exa_rambu("assess", profile, *day, "--lang", "ko").stdout
    assert "기준일" in exa_rambu("assess", profile, *day, lang="ko").stdout


@pytest.mark.parametrize("country", ["EXA", "exa", "EX", "Exa", "엑사"])
def test_a_country_is_named_as_one_likes(exa_rambu: Run, profile: Path, country: str) -> None:
    assert exa_rambu("assess", profile, "--in", country).returncode == 0


def test_an_answer_may_be_about_some_topics_only(exa_rambu: Run, profile: Path) -> None:
    done = exa_rambu("assess", profile, "--as-of", "2026-03-01", "--topic", "ev-purchase-subsidy", "--format", "json")
    assert {topic for found in json.loads(done.stdout)["findings"] for topic in found["topics"]} >= {
        "ev-purchase-subsidy"
    }
    assert not [one for one in json.loads(done.stdout)["findings"] if one["provision"].startswith("exa/customs")]


BAD_OPTIONS = [
    (["--in", "XXX"], "--in: [unknown] unknown country XXX → "),
    (["--as-of", "2026-02-30"], "--as-of: [date] 2026-02-30 is no day that exists → write a day as 2025-12-31"),
    (["--as-of", "9999-12-31"], "--as-of: [date] 9999-12-31 is no day between 1900 and 2200 → "),
    (["--as-of", "20260101"], "--as-of: [date] 20260101 is no day that exists → "),
    (["--known-on", "yesterday"], "--known-on: [date] yesterday is no day"),
    (["--lang", "tlh"], "--lang: [unknown] no language tlh"),
    (["--format", "odt"], "rambu: [usage] "),
    (["--no-such-option"], "rambu: [usage] "),
    (["--topic", "carbon-tx"], "--topic: [unknown] unknown topic carbon-tx → did you mean carbon-tax?"),
]


@pytest.mark.parametrize(("options", "message"), BAD_OPTIONS, ids=[" ".join(options) for options, _ in BAD_OPTIONS])
def test_bad_options_are_named_with_a_remedy(exa_rambu: Run, profile: Path, options: list[str], message: str) -> None:
    done = exa_rambu("assess", profile, *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_register_that_is_none_is_refused(rambu: Run, profile: Path, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    for path, code in (
        (tmp_path, "no-register"),
        (tmp_path / "x.json", "no-register"),
        (tmp_path / "y", "missing-file"),
    ):
        done = rambu("assess", profile, "--register", path)
        assert done.returncode == 2
        assert f"[{code}]" in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(profile: Path, exa_folder: Path) -> None:
    rambu = f"{sys.executable} -c 'from rambu.cli import main; main()'"
    command = f"{rambu} facts --register {exa_folder} | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("year")


def test_no_colour_in_a_pipe(exa_rambu: Run, profile: Path) -> None:
    for command in (
        ["assess", profile],
        ["show", "exa/customs-tariff"],
        ["coverage"],
        ["table", "exa/clean-transport-act"],
    ):
        assert "\x1b[" not in exa_rambu(*command).stdout


def test_without_a_command_it_says_what_there_is(rambu: Run) -> None:
    done = rambu()
    assert done.returncode == 0
    for command in (
        "assess",
        "ask",
        "show",
        "try",
        "table",
        "facts",
        "coverage",
        "check",
        "fmt",
        "diff",
        "cases",
        "schema",
    ):
        assert f"\n  {command} " in done.stdout


def test_versions(rambu: Run) -> None:
    assert rambu("--version").stdout.startswith("rambu ")


def test_show_table_facts_coverage_and_schema(exa_rambu: Run) -> None:
    assert "Customs Tariff Order" in exa_rambu("show", "exa/customs-tariff").stdout
    assert "Import duty" in exa_rambu("show", "exa/customs-tariff.duty").stdout
    assert "2,000 EXD" in exa_rambu("table", "exa/clean-transport-act.subsidy.amount").stdout
    assert "Battery capacity" in exa_rambu("facts", "battery").stdout
    assert "■" in exa_rambu("coverage").stdout
    assert "Exa" in exa_rambu("coverage", "EXA").stdout
    assert json.loads(exa_rambu("schema", "case").stdout)["title"] == "Case"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "exa/customs-tarif"], "did you mean exa/customs-tariff?"),
        (["show", "exa/customs-tariff.dutty"], "did you mean duty?"),
        (["table", "exa/customs-tariff.duty.amont"], "did you mean amount?"),
        (["facts", "no such word"], "unknown fact no such word"),
        (["coverage", "XXX"], "unknown country XXX"),
        (["schema", "instrumnt"], "did you mean instrument?"),
        (["diff", "no-such-revision", "HEAD"], "[revision]"),
        (["diff", "--output=x", "HEAD"], "[usage]"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(
    rambu: Run, exa_folder: Path, arguments: list[str], message: str
) -> None:
    register = [] if arguments[0] == "diff" else ["--register", exa_folder]
    done = rambu(*arguments, *register)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_check_names_what_is_wrong(rambu: Run, exa_folder: Path, tmp_path: Path) -> None:
    assert rambu("check", "--register", exa_folder).stdout == "no problem found\n"
    copy = _copy(exa_folder, tmp_path)
    file = copy / "instruments" / "exa" / "customs-tariff.yaml"
    file.write_text(file.read_text().replace("customs_value", "custom_value"))
    done = rambu("check", "--register", copy)
    assert done.returncode == 2
    assert "customs-tariff.yaml:" in done.stderr
    assert "did you mean customs_value?" in done.stderr


def test_check_refuses_a_cell_that_says_none_where_a_rule_is_held(rambu: Run, exa_folder: Path, tmp_path: Path) -> None:
    copy = _copy(exa_folder, tmp_path)
    file = copy / "coverage" / "exa.yaml"
    file.write_text(file.read_text().replace("  ev-annual-tax: {state: partial, ",
                    "  ev-annual-tax: {state: none_found, queries: [a, b, c], "))  # fmt: skip
    done = rambu("check", "--register", copy)
    assert "ev-annual-tax: none_found, but the register holds exa/" in done.stderr


def test_a_broken_rule_is_the_registers_error_and_no_fault_of_ours(
    rambu: Run, exa_folder: Path, tmp_path: Path, profile: Path
) -> None:
    copy = _copy(exa_folder, tmp_path)
    file = copy / "instruments" / "exa" / "customs-tariff.yaml"
    file.write_text(file.read_text().replace("customs_value", "custom_value"))
    done = rambu("assess", profile, "--register", copy)
    assert done.returncode == 2
    assert "[expression]" in done.stderr


def test_cases_leave_with_1_where_an_answer_differs(rambu: Run, exa_folder: Path, tmp_path: Path) -> None:
    assert rambu("cases", "--register", exa_folder).stdout == "5 cases, 0 differ\n"
    copy = _copy(exa_folder, tmp_path)
    file = copy / "cases" / "exa" / "clean-transport-act.yaml"
    file.write_text(file.read_text().replace("amount: 1_500", "amount: 1_501"))
    done = rambu("cases", file, "--register", copy)
    assert done.returncode == 1
    assert "subsidy: values.amount: the case says 1501, the answer is 1500" in done.stdout


def test_try_shows_verdict_and_way_in_half_a_second_each(exa_rambu: Run, exa_folder: Path, profile: Path) -> None:
    done = exa_rambu("try", exa_folder / "instruments/exa/clean-transport-act.yaml", profile, "--as-of", "2026-03-01")
    assert "✓ subsidy" in done.stdout
    assert "→ battery_energy: below 40" in done.stdout


def test_diff_of_two_registers(rambu: Run, exa_folder: Path, tmp_path: Path, profile: Path) -> None:
    copy = _copy(exa_folder, tmp_path)
    file = copy / "instruments" / "exa" / "clean-transport-act.yaml"
    file.write_text(file.read_text().replace("2026-01-01: 1_500", "2026-01-01: 1_400"))
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "car.yaml").write_text(PROFILE)
    assert rambu("diff", exa_folder, exa_folder, "--as-of", "2026-03-01").stdout == "0 answers differ\n"
    done = rambu("diff", exa_folder, copy, "--as-of", "2026-03-01")
    assert done.returncode == 1
    assert "car: exa/clean-transport-act.subsidy (vehicle)" in done.stdout
    assert "amount 1400 EXD" in done.stdout


def test_diff_of_two_revisions(rambu: Run, exa_folder: Path, tmp_path: Path) -> None:
    """The register as it was at one commit against the next, without touching the working tree."""
    copy = _copy(exa_folder, tmp_path)
    git = [
        "git",
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "init.defaultBranch=main",
        "-C",
        str(tmp_path),
    ]
    for arguments in (["init", "-q"], ["add", "register"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"})
    file = copy / "instruments" / "exa" / "clean-transport-act.yaml"
    file.write_text(file.read_text().replace("2026-01-01: 1_500", "2026-01-01: 1_400"))
    done = rambu("diff", "HEAD", "register", "--as-of", "2026-03-01")
    assert done.returncode == 1
    assert "battery one tenth below the tier: subsidy (vehicle)" in done.stdout


def _copy(folder: Path, target: Path) -> Path:
    subprocess.run(["cp", "-r", str(folder), str(target / "register")], check=True)
    return target / "register"


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_is_read_without_complaint(rambu: Run, example: Path) -> None:
    done = rambu("assess", example, "--as-of", "2026-11-24", "--format", "json")
    assert done.returncode == 0, done.stderr


def test_an_answer_needs_none_of_the_slow_libraries(profile: Path, exa_folder: Path) -> None:
    """Whoever waits for an answer does not wait for tables, units, dialogs or catalogues that it does not use."""
    code = (
        "import sys; from rambu.cli import app; "
        f"app(['assess', {str(profile)!r}, '--register', {str(exa_folder)!r}], standalone_mode=False); "
        "slow = ('polars', 'narwhals', 'pint', 'ruamel', 'rich', 'babel', 'click'); "
        "print('loaded:', sorted({name.split('.')[0] for name in sys.modules} & set(slow)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("loaded: []\n")


@pytest.mark.parametrize(
    ("profile", "complaint"),
    [
        ("company: {place: EXA, parent: nobody}", "unknown subject nobody"),
        ("companies: {a: {place: EXA, sites: {s: {operator: nobody}}}}", "unknown subject nobody"),
        ("companies: {a: {place: EXA, parent: s, sites: {s: {place: EXA}}}}", "s is a site and cannot be parent of a"),
        ("companies: {a: {place: EXA, sites: {a: {place: EXA}}}}", "two subjects are called a"),
        ("company: {place: EXA, employees: _}", "_ is not a number"),
        ("company: {place: EXA, employees: _..5}", "_..5 is not a number"),
        ("company: {place: EXA, employees: ٣٤}", "٣٤ is not a number"),
        ("company: {place: EXA, fiscal_year_end: 02-30}", "02-30 is not a month and day"),
    ],
)
def test_what_nobody_can_mean_is_refused(exa_rambu: Run, profile: str, complaint: str) -> None:
    done = exa_rambu("assess", "-", stdin=profile)
    assert done.returncode == 2
    assert complaint in done.stderr


def test_a_profile_without_a_place_says_so_first(exa_rambu: Run) -> None:
    done = exa_rambu("assess", "-", stdin="companies: {a: {employees: 5}}")
    assert done.stdout.startswith("profile: no place is given, so nothing can be judged")
