"""What people send who mean no good: a 4xx or a page that is harmless, never a 5xx, and nothing in the logs."""

import logging
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rambu.web.guard import LARGEST_BODY
from rambu.web.server import PatientProtocol, configured
from tests.api.conftest import PROFILE
from tests.api.test_pages import GETS

SCRIPT = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}${7*7}"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
FIELDS = (
    "profile",
    "passed",
    "in",
    "as_of",
    "known_on",
    "do",
    "kind",
    "place",
    "activity",
    "name",
    "owner",
    "about",
    "text",
    "q",
    "q0.subject",
    "q0.fact",
    "q0.value",
    "q0.high",
    "q0.unit",
    "q0.below",
    "only",
    "p",
    "first",
    "last",
)
POSTED = ("assess", "answer", "link", "profile.yaml", "report")
SHOWN = ("worth", "gap", "take/brief.html", "take/calendar.ics", "take/answer.xlsx")
ACTIONS = ("", "begin", "add", "upload", "answer", "skip", "change:x|y", "many", "all", "again", "remove:x", "make")


def odd(text: str) -> list[tuple[str, dict[str, str]]]:
    """Forms with a text in every field, one at a time, under every action where the page has any."""
    base = {"profile": PROFILE, "q0.subject": "car", "q0.fact": "motor_power", "kind": "vehicle", "place": "EXA"}
    acted = [(path, {**base, "do": do, field: text}) for path in POSTED for do in ACTIONS for field in FIELDS]
    return acted + [(path, {**base, "to": "EXA", field: text}) for path in SHOWN for field in (*FIELDS, "to")]


def test_script_in_any_field_comes_back_as_text(client: TestClient) -> None:
    for path, form in odd(SCRIPT):
        page = client.post(f"/en/{path}", data=form)
        assert page.status_code < 500, form
        if page.headers["content-type"].startswith("text/html"):
            assert "<script>alert" not in page.text, form
            assert "<img src=x" not in page.text, form
            assert "49" not in page.text.partition("7*7")[0][-20:], form
    for path in GETS:
        for field in FIELDS:
            page = client.get(f"/en/{path.partition('?')[0]}", params={field: SCRIPT})
            assert page.status_code < 500
            assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    "text",
    ["\0", "%s%n", "9" * 150, "1e999", "nan", "\ud7ff", "../../etc/passwd", "{", "- - - -", "&a *a", "1..", "..", "-1"],
)
def test_odd_texts_never_break_a_page(client: TestClient, text: str) -> None:
    for path, form in odd(text):
        assert client.post(f"/ko/{path}", data=form).status_code < 500, (path, form)


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        "a: " + "[" * 500,
        "{" * 3000,
        "x" * 300,
        "!!python/object/apply:os.system [ls]",
        "\xff\xfe",
        "companies: {a: {employees: " + "9" * 90 + "}}",
        "companies: {" + ", ".join(f"c{n}: {{place: EXA}}" for n in range(500)) + "}",
        "a: b\n" * 3000,
    ],
)
def test_uploads_that_cannot_be_taken_are_refused(client: TestClient, content: str) -> None:
    files = {"file": ("p.yaml", content.encode("latin-1"))}
    began = time.perf_counter()
    answer = client.post("/en/assess", data={"do": "upload"}, files=files)
    assert answer.status_code == 422
    assert time.perf_counter() - began < 3
    assert client.post("/en/answer", data={"profile": content}).status_code == 422
    assert client.post("/api/assess", json={"profile": content}).status_code == 422


@pytest.mark.parametrize("path", ["/en/assess", "/en/answer.json", "/api/assess", "/en/nothing"])
def test_a_body_that_is_too_large_is_refused(client: TestClient, path: str) -> None:
    large = b"a" * (LARGEST_BODY + 1)
    assert client.post(path, content=large).status_code == 413
    assert client.post(path, content=(part for part in (large[:1000], large))).status_code == 413
    assert client.post(path, content=large, headers={"Accept": "text/html"}).status_code == 413
    assert client.post(path, content=b"a", headers={"Content-Length": "-5"}).status_code in (400, 413)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=x", "x" * 500]
)
def test_bodies_that_are_no_forms(client: TestClient, kind: str) -> None:
    for path in ("/en/assess", "/en/answer.json"):
        assert (
            400 <= client.post(path, content=b"\xff\x00--x\r\n\r\n", headers={"Content-Type": kind}).status_code < 500
        )


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[" * 100_000,
        b'{"profile": NaN}',
        b'{"profile": {"vehicle": {"motor_power": NaN}}}',
        b'{"profile": {"vehicle": {"motor_power": 1e999}}}',
        b'{"profile": {"vehicle": {"motor_power": ' + b"9" * 4000 + b"}}}",
        b'{"profile": {"vehicle": {"place": "\\ud800"}}}',
        b'{"profile": ' + b'{"parent": ' * 200 + b"1" + b"}" * 201,
        b"\xff",
        b'{"profile": {"vehicle": {"motor_power": "' + b"9" * 4400 + b'"}}}',
        b"null",
        b'"x"',
    ],
)
def test_odd_json_is_a_4xx(client: TestClient, body: bytes) -> None:
    for path in ("/api/assess", "/api/ask"):
        answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500
        assert set(answer.json()["error"]) == {"status", "code", "what", "do", "problems"}


@pytest.mark.parametrize(
    "path",
    [
        "/en/%00",
        "/en/%ff%fe",
        "//evil.example/",
        "/en//compare",
        "/en/rules/%2e%2e/%2e%2e",
        "/en/" + "a" * 9000,
        "/en/compare?" + "a=1&" * 200,
        "/en/search?q=" + "%F0%9F%98%80" * 300,
        "/en/search?q=%ff",
        "/en/topics/carbon-tax%0d%0aX: y",
        "/en/report?about=" + "%22%0d%0aX:y" * 20,
        "/en/compare?as_of=2024-01-01%00",
    ],
)
def test_odd_addresses_are_no_fault(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert answer.status_code < 500
    assert "evil.example" not in answer.text
    assert "evil.example" not in answer.headers.get("location", "")
    assert "x" not in answer.headers


def test_a_long_address_is_refused(client: TestClient) -> None:
    assert client.get("/en/answer?p=" + "a" * 20_000).status_code == 414


# -- nothing typed is logged


def test_canaries_are_in_no_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("httpx").disabled = True  # the browser of this test, not the server
    with caplog.at_level(logging.DEBUG):
        for path in POSTED:
            for form in odd("CANARY"):
                client.post(f"/en/{path}", data=form)
            client.post(f"/en/{path}", data={"do": "upload"}, files={"CANARY": ("CANARY", b"CANARY: [CANARY")})
        for path in (*GETS, "CANARY", "rules/CANARY/CANARY", "topics/CANARY", "CANARY.json"):
            client.get(f"/en/{path.partition('?')[0]}", params=dict.fromkeys(FIELDS, "CANARY"))
        client.post("/api/assess", json={"profile": {"CANARY": {"CANARY": "CANARY"}}, "lang": "CANARY"})
        client.post("/api/ask", content=b"CANARY", headers={"Content-Type": "application/json", "User-Agent": "CANARY"})
        client.request("CANARY", "/CANARY")
    logging.getLogger("httpx").disabled = False
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert any(record.name == "rambu.access" for record in ours)
    assert not [record for record in ours if "CANARY" in record.getMessage()]


# -- a real server


class Hasty(PatientProtocol):
    """As patient as a test can be."""

    patience = 0.4


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    """The port of a server in a thread."""
    server = uvicorn.Server(configured(app, "127.0.0.1", 0, Hasty))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


def said(port: int, text: bytes, wait: float = 3) -> bytes:
    """What the server answers to these bytes until it closes, or falls silent."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(wait)
        connection.sendall(text)
        found = b""
        try:
            while part := connection.recv(65536):
                found += part
        except TimeoutError:
            return found + b" (silence)"
        return found


def test_slow_heads_and_odd_bytes_are_cut_off_while_others_are_answered(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    for connection in slow:
        connection.sendall(b"GET /en/ HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    assert b"200 OK" in said(port, b"GET /en/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    for connection in slow:
        connection.settimeout(3)
        assert connection.recv(1024) == b""
        connection.close()
    for bytes_ in (
        b"\x00\x01\x02\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
        b"A" * 70_000,
    ):
        assert b" 500 " not in said(port, bytes_)
    assert b"200 OK" in said(port, b"GET /ko/about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
