"""Worth, gap and files to take along over the web: what is asked comes, and rubbish is a 4xx."""

import io
import json
from xml.etree import ElementTree

import icalendar
import openpyxl
import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from tests.conftest import ROOT

FIRM = (ROOT / "examples" / "vietnamese-exporter.yaml").read_text("utf-8")
CAR = (
    "vehicle_class=car&powertrain=bev&assembly=cbu&currency=USD&customs_value=25000&battery_energy=60&as_of=2026-06-15"
)


@pytest.mark.parametrize("name", ["brief.pdf", "gap.pdf"])
def test_documents_come_as_pdf(name: str, real: TestClient) -> None:
    answer = real.post(f"/en/take/{name}", data={"profile": FIRM, "to": "KOR"})
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) > 2


@pytest.mark.parametrize("name", ["brief.docx", "brief.html", "gap.docx", "gap.html"])
def test_documents_come_as_word_and_html(name: str, real: TestClient) -> None:
    answer = real.post(f"/ko/take/{name}", data={"profile": FIRM, "to": "KOR"})
    assert answer.status_code == 200 and len(answer.content) > 5_000
    assert f"rambu-{name}" in answer.headers["content-disposition"]


def test_workbook_calendar_and_audit_file_come(real: TestClient) -> None:
    sent = {"profile": FIRM}
    book = openpyxl.load_workbook(io.BytesIO(real.post("/en/take/answer.xlsx", data=sent).content))
    assert len(book.worksheets) == 5
    icalendar.Calendar.from_ical(real.post("/en/take/calendar.ics", data=sent).content).validate()
    record = real.post("/en/take/record.json", data=sent)
    assert record.status_code == 200 and json.loads(record.content)["record"] == 1


@pytest.mark.parametrize("name", ["answer.exe", "brief.xlsx", "x", "..%2f..%2fetc", "brief.pdf.json", "BRIEF.PDF"])
def test_other_files_are_not_found(name: str, real: TestClient) -> None:
    assert real.post(f"/en/take/{name}", data={"profile": FIRM, "to": "KOR"}).status_code == 404


def test_files_are_only_sent_for_a_profile(real: TestClient) -> None:
    assert real.post("/en/take/brief.pdf", data={"profile": ""}).status_code == 303
    assert real.get("/en/take/brief.pdf").status_code in (404, 405)


def test_the_gap_shows_both_countries_and_carries_the_profile_on(real: TestClient) -> None:
    page = real.post("/en/gap", data={"profile": FIRM, "to": "KOR"})
    assert page.status_code == 200
    assert "Gap: Viet Nam to Korea" in page.text and "sao_mai" in page.text
    twin = real.post("/en/gap.json", data={"profile": FIRM, "to": "KOR"}).json()
    assert [one["target"] for one in twin["gaps"]] == ["KOR"]


def test_the_gap_refuses_unknown_countries_and_too_many_subjects(real: TestClient) -> None:
    assert real.post("/en/gap", data={"profile": FIRM, "to": "ZZZ"}).status_code == 422
    many = {"companies": {f"c{number}": {"place": "KOR"} for number in range(50)}}
    sent = {"profile": json.dumps(many), "to": "VNM,IDN,THA,SGP"}
    assert real.post("/en/gap", data=sent).status_code == 422


def test_worth_stands_in_its_address_with_its_picture(real: TestClient) -> None:
    page = real.get(f"/en/worth?{CAR}")
    assert page.status_code == 200
    picture = page.text[page.text.index("<svg xmlns") : page.text.index("</figure>")]
    assert ElementTree.fromstring(picture).tag.endswith("svg")
    one = real.get(f"/ko/worth.json?{CAR}&in=SGP").json()
    assert [vehicle["code"] for vehicle in one["vehicles"]] == ["SGP"]
    assert one["vehicles"][0]["exact"]["currency"] == "SGD"


@pytest.mark.parametrize(
    "query",
    [
        "powertrain=nonsense", "battery_energy=" + "9" * 4301, "price=" + "9" * 400, "customs_value=-5", "seats=abc",
        "currency=XXX&price=5", "currency=%3Cscript%3E&price=5", "in=ZZZ&price=5", "as_of=2026-13-01",
        "powertrain=bev&assembly=cbu&customs_value=" + "9" * 130 + "&price=" + "9" * 130, "price=..", "price=1..",
        "engine_displacement=%00", "vehicle_class=%ED%A0%80",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["worth", "worth.json"])
def test_odd_parameters_of_worth_are_no_fault(path: str, query: str, real: TestClient) -> None:
    answer = real.get(f"/en/{path}?{query}")
    assert answer.status_code < 500
    if answer.headers["content-type"].startswith("text/html"):
        assert "<script>" not in answer.text
    else:
        assert answer.headers["content-type"] == "application/json"


def test_what_an_investment_qualifies_for(real: TestClient) -> None:
    project = "project: {place: THA, activity: vehicles, investment: 20_000_000 USD}\n"
    shown = real.post("/en/worth.json", data={"profile": project}).json()
    (one,) = shown["projects"]
    assert {*one} >= {"applies", "open", "near"} and (one["applies"] or one["open"])


def test_too_many_vehicles_are_refused(real: TestClient) -> None:
    many = {"vehicles": {f"v{number}": {"powertrain": "bev"} for number in range(40)}}
    assert real.post("/en/worth", data={"profile": json.dumps(many)}).status_code == 422
