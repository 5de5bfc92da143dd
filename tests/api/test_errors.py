"""One error shape, for pages and JSON; headers on every answer."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rambu.web.guard import CONTENT_SECURITY
from rambu.web.view import Asked
from tests.api.test_pages import GETS, Page

PAGE = {"Accept": "text/html"}
WRONG = [
    ("GET", "/nothing", 404),
    ("GET", "/xx/compare", 404),
    ("GET", "/en/nothing", 404),
    ("GET", "/en/topics/nothing", 404),
    ("GET", "/en/countries/ZZZ", 404),
    ("GET", "/en/rules/exa/nothing", 404),
    ("GET", "/en/coverage/zzz", 404),
    ("GET", "/en/rules/exa/clean-transport-act/nothing", 404),
    ("POST", "/en/compare", 405),
    ("GET", "/en/link", 405),
    ("DELETE", "/en/assess", 405),
    ("GET", "/en/compare?as_of=never", 422),
    ("GET", "/en/compare?as_of=0001-01-01", 422),
    ("GET", "/en/changes?first=2026-01-01&last=2020-01-01", 422),
    ("GET", "/en/assess?in=ZZZ", 422),
    ("GET", "/static/000000000000/rambu.css", 404),
    ("GET", "/static/x/..%2f..%2fapp.py", 404),
    ("GET", "/en/rules/../../etc", 404),
]


@pytest.mark.parametrize(("method", "address", "status"), WRONG)
def test_an_error_is_a_page_for_people_and_json_for_programs(
    client: TestClient, method: str, address: str, status: int
) -> None:
    page = client.request(method, address, headers=PAGE)
    assert page.status_code == status
    assert len(Page(page.text).of("h1")) == 1
    path, mark, query = address.partition("?")
    data = client.request(method, f"{path}.json{mark}{query}").json()
    assert set(data) == {"error"}
    assert set(data["error"]) == {"status", "code", "what", "do", "problems"}
    assert data["error"]["status"] in (status, 404)


def test_an_error_speaks_the_language_of_the_address(client: TestClient) -> None:
    assert Page(client.get("/ko/nothing", headers=PAGE).text).of("html")[0]["lang"] == "ko"
    assert Page(client.get("/nothing", headers={**PAGE, "Accept-Language": "ko"}).text).of("html")[0]["lang"] == "ko"


@pytest.mark.parametrize(
    "address",
    ["/", "/en", "/api/openapi.json", "/robots.txt", *(one for _, one, _ in WRONG), *(f"/en/{path}" for path in GETS)],
)
def test_every_answer_has_the_headers(client: TestClient, address: str) -> None:
    headers = client.get(address, headers=PAGE).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def test_static_files_are_kept_and_pages_are_not(client: TestClient) -> None:
    page = Page(client.get("/en/").text)
    for address in (page.of("link")[0]["href"], page.of("script")[0]["src"]):
        kept = client.get(address)
        assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert kept.headers["content-encoding"] == "gzip"
    assert client.get("/en/").headers["cache-control"] == "no-cache"


def test_a_fault_of_ours_says_nothing_of_what_was_sent(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    def broken(lang: str) -> None:
        raise ValueError("CANARY of the inside")

    route = app.router.routes
    app.add_api_route("/{lang}/broken/{what}", broken)
    try:
        with TestClient(app) as client:
            page = client.get("/en/broken/CANARY", headers=PAGE)
    finally:
        route.pop()
    assert page.status_code == 500
    assert page.headers["content-security-policy"] == CONTENT_SECURITY
    assert "CANARY" not in page.text
    assert "ValueError at" in caplog.text
    assert "CANARY" not in caplog.text


def test_what_was_asked_knows_its_fields() -> None:
    asked = Asked("en", "", None, query={"a": " 1 "}, form={"b": ["2", "3"]})  # type: ignore[arg-type]
    assert (asked.given("a"), asked.given("b"), asked.given("c")) == ("1", "3", "")
