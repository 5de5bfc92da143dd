"""/api/assess and /api/ask, and their description."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import PROFILE

ASKING: dict[str, Any] = {
    "profile": {"vehicles": {"car": {"place": "exa_mainland", "motor_power": 60.5}}},
    "as_of": "2026-03-01",
}


def test_assess_as_data_and_as_yaml(client: TestClient) -> None:
    for profile in (ASKING["profile"], PROFILE):
        answer = client.post("/api/assess", json={**ASKING, "profile": profile})
        assert answer.status_code == 200
        assert answer.json()["as_of"] == "2026-03-01"
        assert answer.headers["cache-control"] == "no-store"
        assert any(found["verdict"] == "applies" for found in answer.json()["findings"])


def test_ask_says_what_to_answer_next(client: TestClient) -> None:
    first = client.post("/api/ask", json={**ASKING, "lang": "ko"}).json()
    question = first["question"]
    passed = [[question["subject"], question["fact"]]]
    second = client.post("/api/ask", json={**ASKING, "passed": passed}).json()
    assert second["question"]["fact"] != question["fact"]
    assert first["tally"] == second["tally"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"profile": 3},
        {"profile": {}},
        {"profile": "- 1"},
        {**ASKING, "as_of": "never"},
        {**ASKING, "as_of": "0001-01-01"},
        {**ASKING, "jurisdictions": ["ZZZ"]},
        {**ASKING, "lang": "xx"},
        {**ASKING, "more": 1},
        {"profile": {"company": None}},
        {"profile": {"vehicle": {"motor_power": [1]}}},
    ],
)
def test_what_is_wrong_is_said_in_one_shape(client: TestClient, body: Any) -> None:
    for path in ("/api/assess", "/api/ask"):
        answer = client.post(path, json=body)
        assert answer.status_code == 422
        error = answer.json()["error"]
        assert set(error) == {"status", "code", "what", "do", "problems"}
        assert error["status"] == 422
        assert all(set(one) == {"file", "line", "column", "code", "what", "do"} for one in error["problems"])


def test_the_description_names_both_routes_and_the_error(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {"/api/assess", "/api/ask"}
    refused = described["paths"]["/api/assess"]["post"]["responses"]["422"]["content"]["application/json"]["schema"]
    assert refused == {"$ref": "#/components/schemas/ErrorOut"}
