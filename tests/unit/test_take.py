"""What is taken along: documents, workbook, calendar, audit file. Numbers read back are those of the findings."""

import io
import json
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import docx
import icalendar
import openpyxl
import pytest
import recurring_ical_events
from pypdf import PdfReader

from rambu.assess import Assessment, assess
from rambu.errors import RambuError
from rambu.gap import Entry, entry, home_of
from rambu.load import load_folder, read_profile_file, register_digest, repository_register
from rambu.locale import catalogue
from rambu.profile import Profile, ProfileReader
from rambu.publish import calendar
from rambu.publish.brief import Brief
from rambu.publish.document.blocks import Document
from rambu.publish.document.html import html
from rambu.publish.document.typst import pdf
from rambu.publish.document.word import docx as word
from rambu.publish.record import Asking, differences, record
from rambu.publish.wording import Wording
from rambu.publish.workbook import sheets, workbook
from rambu.publish.workbook_back import read_back
from rambu.rules import Rules
from rambu.strict_yaml import read_file
from tests.conftest import ROOT, Run

DAY = date(2026, 11, 25)
TRIPS = [("korean-battery-maker", ["IDN", "VNM"]), ("thai-foodco", ["SGP", "PHL"]), ("vietnamese-exporter", ["KOR"])]
MARGIN, FOOT = 50, 25  # points


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The rules of the repository's register."""
    folder = repository_register()
    assert folder is not None
    return Rules(load_folder(folder).register)


def example(name: str) -> Path:
    """An example's file."""
    return ROOT / "examples" / f"{name}.yaml"


def entered(rules: Rules, name: str, targets: list[str]) -> tuple[Profile, Entry]:
    """A company of an example in the countries that it enters."""
    profile = read_profile_file(example(name), rules.register)
    home = home_of(profile)
    assert home is not None
    return profile, entry(rules, profile, home, targets, DAY, DAY)


def brief(rules: Rules, name: str, targets: list[str], lang: str) -> Document:
    """The brief of an example."""
    found = entered(rules, name, targets)[1]
    words = Wording(rules.register, lang, catalogue(lang))
    return Brief(found.assessment, found.gaps, words, "0.1.0", found.imagined).document()


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(("name", "targets"), TRIPS)
def test_every_page_of_the_brief_is_whole(name: str, targets: list[str], lang: str, rules: Rules) -> None:
    content = pdf(brief(rules, name, targets, lang))
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        texts = placed(page)
        whole = "".join(text for _, _, text in texts)
        assert len(whole.strip()) > 40, f"page {number} is empty"
        assert "\ufffd" not in whole
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert [one for one in texts if not MARGIN <= one[0] <= width - MARGIN] == []
        assert [one for one in texts if not FOOT <= one[1] <= height - FOOT] == []


def placed(page: Any) -> list[tuple[float, float, str]]:
    """(x, y, text) of every piece of text of a page, in points from its lower left."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            x, y = tm[4], tm[5]
            found.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5], text))

    page.extract_text(visitor_text=visit)
    return found


def test_the_same_inputs_give_the_same_bytes(rules: Rules) -> None:
    made = [brief(rules, "vietnamese-exporter", ["KOR"], "ko") for _ in range(2)]
    assert pdf(made[0]) == pdf(made[1])
    assert html(made[0]) == html(made[1])
    first, second = (zipfile.ZipFile(io.BytesIO(word(one))).read("word/document.xml") for one in made)
    assert first == second


def test_word_keeps_headings_contents_and_fonts(rules: Rules) -> None:
    document = brief(rules, "vietnamese-exporter", ["KOR"], "ko")
    made: Any = docx.Document(io.BytesIO(word(document)))
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings == [one.text for one in document.headings()]
    fonts = made.styles["Normal"].element.rPr.rFonts.attrib
    named = {key.rpartition("}")[2]: value for key, value in fonts.items()}
    assert (named["eastAsia"], named["cs"]) == ("Noto Sans CJK KR", "Noto Sans Thai")
    assert "TOC" in made.element.xml
    cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
    assert any("2027" in text for text in cells)


# -- workbook


def asked(rules: Rules, name: str = "korean-battery-maker") -> tuple[Profile, Assessment, Any]:
    """Profile, answer and data of an example."""
    profile = read_profile_file(example(name), rules.register)
    return profile, assess(rules, profile, DAY, DAY), read_file(example(name)).data


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "examples").glob("*.yaml")))
def test_the_profile_comes_back_out_of_the_workbook(name: str, rules: Rules) -> None:
    profile, found, data = asked(rules, name)
    again = read_back(workbook(found, data, Wording(rules.register), "0"), rules.register)
    read = ProfileReader(rules.register).read(again.data)
    assert assess(rules, read, DAY, DAY) == found or [
        (one.address, one.verdict, one.phase) for one in assess(rules, read, DAY, DAY).findings
    ] == [(one.address, one.verdict, one.phase) for one in found.findings]
    assert read.name == profile.name


def test_numbers_in_excel_are_those_of_the_findings(rules: Rules) -> None:
    _, found, data = asked(rules)
    book = openpyxl.load_workbook(io.BytesIO(workbook(found, data, Wording(rules.register), "0")))
    written = [row for row in book.worksheets[1].iter_rows(min_row=2, values_only=True) if row[8]]
    numbers = {(row[15], row[8]): (row[9], row[10]) for row in written if isinstance(row[9], int | float)}
    words, checked = Wording(rules.register), 0
    for one in found.findings:
        for answer in one.answers:
            ends = numbers.get((f"{one.address} {one.subject}", words.measure(answer.name)))
            if ends and answer.span.point and not answer.span.words and answer.value.unit != "date":
                assert ends == (pytest.approx(float(answer.span.low or 0)),) * 2
                checked += 1
    assert checked > 50


def test_remarks_survive_a_new_answer(rules: Rules) -> None:
    _, found, data = asked(rules)
    words = Wording(rules.register)
    book = openpyxl.load_workbook(io.BytesIO(workbook(found, data, words, "0")))
    sheet = book.worksheets[2]
    key = sheet.cell(2, 11).value
    for column, text in ((8, "Kim"), (9, "open"), (10, "=1+1 asked the lawyer")):
        sheet.cell(2, column).value = text
        sheet.cell(2, column).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    kept = read_back(out.getvalue(), rules.register).kept
    assert kept == {key: ("Kim", "open", "=1+1 asked the lawyer")}
    rows = {row[10]: row[7:10] for row in sheets(found, data, words, "0", kept)[2].rows}
    assert rows[key] == ("Kim", "open", "=1+1 asked the lawyer")


@pytest.mark.parametrize("evil", ['=cmd|"/c calc"!A1', "+1+1", "-1+1", "@SUM(1)"])
def test_a_cell_that_begins_like_a_formula_is_text(evil: str, rules: Rules) -> None:
    data = {"profile": evil, "company": {"place": "SGP"}}
    found = assess(rules, ProfileReader(rules.register).read(data), DAY, DAY)
    content = workbook(found, data, Wording(rules.register), "0")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == evil] == ["s"]
    assert read_back(content, rules.register).data["profile"] == evil


def test_rubbish_is_no_workbook(rambu: Run, tmp_path: Path) -> None:
    (tmp_path / "rubbish.xlsx").write_bytes(b"PK rubbish")
    done = rambu("assess", "rubbish.xlsx")
    assert done.returncode == 2
    assert "no Excel workbook" in done.stderr


# -- calendar


def test_the_calendar_is_valid_and_a_second_parser_agrees(rules: Rules) -> None:
    profile, found, _ = asked(rules)
    content = calendar.ics(rules, profile, found, Wording(rules.register, "ko", catalogue("ko")))
    parsed = icalendar.Calendar.from_ical(content)
    parsed.validate()
    assert all(not component.errors for component in parsed.walk())
    events = list(parsed.walk("VEVENT"))
    days = sorted((str(event["UID"]), event.decoded("DTSTART")) for event in events)
    assert len(days) == len({uid for uid, _ in days}) > 10
    seen = recurring_ical_events.of(parsed).between(date(2026, 1, 1), date(2035, 1, 1))
    assert sorted((str(event["UID"]), event.decoded("DTSTART")) for event in seen) == days
    assert days == sorted(
        (calendar.uid(found.profile, one), one.day) for one in calendar.entries(rules, profile, found)
    )
    assert all(component["TRIGGER"].dt.days < 0 for component in parsed.walk("VALARM"))


def test_importing_again_updates(rules: Rules) -> None:
    profile, found, _ = asked(rules)
    words = Wording(rules.register)
    first = calendar.ics(rules, profile, found, words)
    assert first == calendar.ics(rules, profile, found, words)
    later = assess(rules, profile, date(2026, 11, 26), date(2026, 11, 26))
    before, after = (
        {str(event["UID"]) for event in icalendar.Calendar.from_ical(one).walk("VEVENT")}
        for one in (first, calendar.ics(rules, profile, later, words))
    )
    assert len(before & after) >= len(before) * 9 // 10


def test_yearly_deadlines_come_in_each_year(rules: Rules) -> None:
    profile, found, _ = asked(rules)
    years: dict[str, set[int]] = {}
    for one in calendar.entries(rules, profile, found):
        if one.kind == "due":
            years.setdefault(str(one.address), set()).add(one.day.year)
    assert any({2027, 2028} <= those for those in years.values())


# -- audit file


def test_an_audit_file_is_answered_again(rambu: Run, tmp_path: Path) -> None:
    done = rambu("assess", str(example("singapore-plant")), "--as-of", "2026-11-25", "--record", "audit.json")
    assert done.returncode == 0, done.stderr
    again = rambu("replay", "audit.json")
    assert (again.returncode, again.stdout.strip()) == (0, "the same answer")


def test_a_changed_answer_is_told_part_by_part(rambu: Run, tmp_path: Path) -> None:
    rambu("assess", str(example("singapore-plant")), "--as-of", "2026-11-25", "--record", "audit.json")
    then = json.loads((tmp_path / "audit.json").read_text())
    finding = next(one for one in then["answer"]["findings"] if one["values"])
    finding["verdict"] = "unknown"
    then["versions"]["register"] = "1999.1"
    (tmp_path / "audit.json").write_text(json.dumps(then))
    again = rambu("replay", "audit.json")
    assert again.returncode == 1
    assert f"{finding['subject']} {finding['provision']}: verdict differs" in again.stdout
    assert "register: 1999.1 then" in again.stdout


def test_rubbish_is_no_audit_file(rambu: Run, tmp_path: Path) -> None:
    (tmp_path / "rubbish.json").write_text("[1]")
    done = rambu("replay", "rubbish.json")
    assert done.returncode == 2
    assert "no audit file" in done.stderr


def test_the_record_holds_hashes_and_sources(rules: Rules) -> None:
    text = example("singapore-plant").read_text("utf-8")
    words = Wording(rules.register)
    made = record(rules, Asking(text, DAY, DAY, None), words, "0", register_digest(rules.register))
    assert made["hashes"]["register"] == register_digest(rules.register)
    assert made["sources"] and all(source["url"].startswith("http") for source in made["sources"])
    assert differences(made, made) == []


# -- the commands


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "table"])
def test_the_brief_is_written_in_every_form(form: str, rambu: Run, tmp_path: Path) -> None:
    done = rambu(
        "brief", str(example("vietnamese-exporter")), "--to", "KOR", "--format", form, "--out", f"brief.{form}"
    )
    assert done.returncode == 0, done.stderr
    written = tmp_path / f"brief.{form}"
    assert written.stat().st_size > 10_000 and not done.stdout
    if form == "table":
        assert "Open questions" in written.read_text("utf-8")


def test_a_file_without_a_form_has_the_one_of_its_ending(rambu: Run, tmp_path: Path) -> None:
    for name, begins in (
        ("gap.pdf", b"%PDF"),
        ("gap.docx", b"PK"),
        ("gap.HTML", b"<!"),
        ("gap.txt", b"From Viet Nam to Korea"),
    ):
        done = rambu("gap", str(example("vietnamese-exporter")), "--to", "KOR", "--out", name)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_bytes().lstrip().startswith(begins), name


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        (("gap", str(example("vietnamese-exporter")), "--to", "KOR"), "gap.json", b"["),
        (("assess", str(example("vietnamese-exporter"))), "answer.xlsx", b"PK"),
        (("assess", str(example("vietnamese-exporter"))), "answer.json", b"{"),
        (("assess", str(example("vietnamese-exporter"))), "answer.txt", b"Sao Mai Garment"),
        (("compare", "--topic", "carbon-tax", "--in", "KOR,SGP"), "compared.json", b"["),
        (("compare", "--topic", "carbon-tax", "--in", "KOR,SGP"), "compared.txt", b"Compared: Carbon tax"),
        (("compare", "--index", "--in", "KOR,SGP"), "index.html", b"<!"),
    ],
)
def test_every_command_writes_the_file_that_is_named(
    command: tuple[str, ...], name: str, begins: bytes, rambu: Run, tmp_path: Path
) -> None:
    done = rambu(*command, "--out", name)
    assert done.returncode == 0 and not done.stdout, done.stderr
    content = (tmp_path / name).read_bytes().lstrip()
    assert len(content) > 100 and content.startswith(begins)
    if name.endswith(".json"):
        assert json.loads(content)


def test_the_gap_needs_a_country(rambu: Run) -> None:
    done = rambu("gap", str(example("singapore-plant")), "--to", "SGP")
    assert done.returncode == 2
    assert "no country to enter" in done.stderr


def test_an_index_shows_its_weights(rambu: Run) -> None:
    done = rambu("compare", "--index", "--weights", "disclosure=2,ev=0", "--in", "KOR,SGP")
    assert "Disclosure 2" in done.stdout and "Electric vehicles" not in done.stdout


def test_a_wrong_weight_is_refused_with_the_likely_group(rambu: Run) -> None:
    done = rambu("compare", "--index", "--weights", "disclosur=2")
    assert done.returncode == 2 and "did you mean disclosure" in done.stderr


@pytest.mark.slow
def test_word_opens_in_libreoffice_with_headings_contents_and_fonts(rules: Rules, tmp_path: Path) -> None:
    document = brief(rules, "vietnamese-exporter", ["KOR"], "ko")
    (tmp_path / "brief.docx").write_bytes(word(document))
    call = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "odt",
        "brief.docx",
    ]
    subprocess.run(call, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    content = zipfile.ZipFile(tmp_path / "brief.odt").read("content.xml").decode()
    styles = zipfile.ZipFile(tmp_path / "brief.odt").read("styles.xml").decode()
    assert all(escape(heading.text) in content for heading in document.headings())
    assert content.count('text:outline-level="1"') >= len(document.headings())
    assert "text:table-of-content" in content or "TOC" in content
    assert "Noto Sans CJK KR" in styles and "Noto Sans Thai" in styles


def test_a_calendar_without_a_day_is_refused(rambu: Run) -> None:
    done = rambu("assess", "-", "--format", "ics", "--as-of", "1950-01-01", stdin="company: {place: SGP}\n")
    assert done.returncode == 2
    assert "lies ahead" in done.stderr


def test_a_missing_workbook_is_said(rambu: Run) -> None:
    done = rambu("assess", str(example("singapore-plant")), "--format", "xlsx", "--update", "gone.xlsx")
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_weights_that_are_all_nothing_are_refused(rambu: Run) -> None:
    groups = [
        "disclosure",
        "governance",
        "carbon",
        "energy",
        "waste",
        "permits",
        "labour",
        "finance",
        "investment",
        "ev",
        "cooperation",
    ]
    done = rambu("compare", "--index", "--weights", ",".join(f"{group}=0" for group in groups))
    assert done.returncode == 2
    assert "every weight is 0" in done.stderr


# -- workbooks that people edited


def edited(rules: Rules, data: Any, *rows: tuple[object, ...]) -> bytes:
    """The workbook of a profile with rows appended to its first sheet."""
    found = assess(rules, ProfileReader(rules.register).read(data), DAY, DAY)
    book = openpyxl.load_workbook(io.BytesIO(workbook(found, data, Wording(rules.register), "0")))
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FIRM = {"companies": {"acme": {"place": "SGP", "revenue": "1_000_000 SGD", "employees": {"2025": 2600}}}}


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (("companies / acme", "revenue", 2024, "5 SGD"), "once with a year and once without"),
        (("companies / acme", "employees", None, 5), "stands twice"),
        (("companies / acme", "employees", 2025, 5), "employees of 2025 stands twice"),
        (("companies / acme / place", "employees", None, 5), "place is a fact and holds no others"),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_number(row: tuple[object, ...], what: str, rules: Rules) -> None:
    with pytest.raises(RambuError, match=what) as raised:
        read_back(edited(rules, FIRM, row), rules.register)
    assert raised.value.problems[0].line == 5


def test_edges_of_names_days_and_numbers_survive(rules: Rules) -> None:
    data = {
        "profile": "A / B",
        "companies": {
            "2024": {"place": "KOR", "employees": 300},
            "A / B": {"place": "SGP"},
            "C\\D/": {"place": "SGP"},
        },
        "vehicles": {"car": {"place": "SGP", "battery_energy": Decimal("0.0000001"), "buyer": {}}},
    }
    back = read_back(edited(rules, data, ("companies / A / B ", "employees", None, 5.0)), rules.register).data
    assert back["profile"] == "A / B"
    assert set(back["companies"]) == {"2024", "A / B", "C\\D/", "A"}
    assert back["vehicles"]["car"]["buyer"] == {}
    fine = read_back(edited(rules, data, ("companies / 2024", "fy_start", None, date(2026, 4, 1))), rules.register).data
    assert fine["companies"]["2024"]["fy_start"] == date(2026, 4, 1)
    read = ProfileReader(rules.register).read(fine)
    assert {subject.name for subject in read.subjects} == {"2024", "A / B", "C\\D/", "car"}


def test_another_workbook_is_refused_and_ones_own_remarks_stay(rules: Rules, rambu: Run, tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    for _ in range(5):
        other.create_sheet()
    other.save(tmp_path / "other.xlsx")
    assert "none that rambu wrote" in rambu("assess", "other.xlsx").stderr
    book = openpyxl.load_workbook(io.BytesIO(edited(rules, {"profile": "Acme", **FIRM})))
    book.worksheets[2].cell(2, 8).value = "Kim"
    book.save(tmp_path / "acme.xlsx")
    done = rambu("assess", "acme.xlsx", "--format", "xlsx", "--out", "again.xlsx", "--topic", "ev")
    assert done.returncode == 0, done.stderr
    kept = read_back((tmp_path / "again.xlsx").read_bytes(), rules.register).kept
    assert [owner for owner, _, _ in kept.values()] == ["Kim"]
    (tmp_path / "firm.yaml").write_text("profile: Other\ncompany: {place: SGP}\n")
    done = rambu("assess", "firm.yaml", "--format", "xlsx", "--out", "x.xlsx", "--update", "acme.xlsx")
    assert done.returncode == 2 and "of another profile, Acme" in done.stderr


@pytest.mark.parametrize(
    ("part", "value"),
    [("asked", {}), ("profile", 5), ("record", 9), ("hashes", 5), ("answer", {"findings": [{}]})],
)
def test_a_record_of_another_shape_is_refused(part: str, value: object, rambu: Run, tmp_path: Path) -> None:
    rambu("assess", str(example("singapore-plant")), "--as-of", "2026-11-25", "--record", "audit.json")
    then = json.loads((tmp_path / "audit.json").read_text())
    (tmp_path / "audit.json").write_text(json.dumps({**then, part: value}))
    done = rambu("replay", "audit.json")
    assert done.returncode == 2 and "no audit file" in done.stderr


def test_a_record_of_some_topics_is_of_these(rambu: Run, tmp_path: Path) -> None:
    rambu(
        "assess",
        str(example("singapore-plant")),
        "--as-of",
        "2026-11-25",
        "--topic",
        "carbon-tax",
        "--record",
        "a.json",
    )
    then = json.loads((tmp_path / "a.json").read_text())
    assert then["asked"]["topics"] == ["carbon-tax"]
    assert all("carbon-tax" in one["topics"] for one in then["answer"]["findings"])
    assert rambu("replay", "a.json").stdout.strip() == "the same answer"
    done = rambu("replay", "a.json", "--registers", str(tmp_path))
    assert done.returncode == 2 and "no released register" in done.stderr


def test_a_calendar_holds_no_control_character(rules: Rules) -> None:
    data = {"profile": "a\rb\nDESCRIPTION:x", **FIRM}
    profile = ProfileReader(rules.register).read(data)
    found = assess(rules, profile, DAY, DAY)
    content = calendar.ics(rules, profile, found, Wording(rules.register)).replace(b"\r\n", b"")
    assert b"\r" not in content


def test_a_title_of_any_length_fits_into_word() -> None:
    document = Document("x" * 2000, "", (), "en", (), "", "")
    assert docx.Document(io.BytesIO(word(document))).core_properties.title == "x" * 250
