"""The interview through its forms: begin, answer, skip, change, add, upload."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from rambu.strict_yaml import read
from tests.api.conftest import PROFILE
from tests.api.test_pages import Page

Fields = dict[str, str]


def carried(text: str) -> Fields:
    """Hidden fields of the form that asks."""
    page = Page(text)
    found = [field for field in page.of("input") if field.get("type") == "hidden"]
    return {field["name"]: field["value"] for field in found}


def step(client: TestClient, before: Fields, **given: Any) -> tuple[dict[str, Any], Fields]:
    """One post: the data of the page, and what its form carries on."""
    fields = {**before, **{name.replace("__", "."): value for name, value in given.items()}}
    page = client.post("/en/assess", data=fields)
    return client.post("/en/assess.json", data=fields).json(), carried(page.text)


def profile(fields: Fields) -> Any:
    return read(fields["profile"], "profile").data


def test_a_whole_interview(client: TestClient) -> None:
    shown, fields = step(client, {}, do="begin", kind="vehicle", place="EXA", name="My car")
    assert profile(fields) == {"vehicles": {"My car": {"place": "EXA"}}}
    asked: list[str] = []
    while (question := shown["question"]) and len(asked) < 30:
        asked.append(question["fact"])
        value = {"boolean": "yes", "number": "60"}.get(question["kind"], "unknown")
        shown, fields = step(client, fields, do="answer", **{"q0.value": value, "q0.unit": question["unit"]})
        fields = {name: value for name, value in fields.items() if not name.startswith("q0") or shown["question"]}
    assert shown["question"] is None
    assert len(asked) == len(set(asked)) > 3
    assert client.post("/en/answer", data=fields).status_code == 200


def test_i_do_not_know_is_not_no(client: TestClient) -> None:
    first, fields = step(client, {"profile": PROFILE})
    second, after = step(client, fields, do="answer", **{"q0.value": "unknown"})
    assert profile(after) == profile(fields)
    assert second["question"]["fact"] != first["question"]["fact"]
    assert first["question"]["fact"] in [one["fact"] for one in second["passed"]]
    again, _ = step(client, after, do="again")
    assert again["question"]["fact"] == first["question"]["fact"]


def test_an_answer_can_be_changed(client: TestClient) -> None:
    shown, fields = step(client, {"profile": PROFILE}, do="change:car|motor_power")
    assert shown["question"]["fact"] == "motor_power"
    _, after = step(client, fields, do="answer", **{"q0.value": "1,200", "q0.high": "1,300"})
    assert profile(after)["vehicles"]["car"]["motor_power"] == "1200..1300"


def test_a_category_is_asked_more_finely_below(client: TestClient) -> None:
    shown, fields = step(client, {"profile": PROFILE}, do="change:car|place")
    assert [one["value"] for one in shown["question"]["options"]] == ["exa", "other_country"]
    shown, fields = step(client, fields, do="answer", **{"q0.value": "exa"})
    assert shown["question"]["below"] == "exa"
    shown, fields = step(client, fields, do="answer", **{"q0.value": "exa_islands"})
    assert profile(fields)["vehicles"]["car"]["place"] == "exa_islands"
    assert shown["question"] is None or shown["question"]["fact"] != "place"


def test_a_wrong_answer_is_said_beside_its_question(client: TestClient) -> None:
    _, fields = step(client, {"profile": PROFILE}, do="change:car|motor_power")
    sent = {**fields, "do": "answer", "q0.value": "very strong"}
    page = client.post("/en/assess", data=sent)
    assert page.status_code == 422
    data = client.post("/en/assess.json", data=sent).json()
    assert data["question"]["fact"] == "motor_power"
    assert len(data["problems"]) == 1


def test_all_questions_on_one_page(client: TestClient) -> None:
    shown, fields = step(client, {"profile": PROFILE}, do="all")
    names = {one["name"]: one for one in shown["questions"]}
    assert len(names) == len(shown["questions"]) > 2
    chosen = next(one for one in names.values() if one["kind"] == "boolean")
    _, after = step(client, fields, do="many", **{f"{chosen['name']}.value": "no"})
    assert "no" not in after["profile"]
    assert "false" in after["profile"]


def test_companies_and_sites_are_added(client: TestClient) -> None:
    _, fields = step(client, {}, do="begin", kind="company", place="EXA")
    assert profile(fields) == {"company": {"place": "EXA"}}
    _, fields = step(client, fields, do="add", kind="company", name="Second: Co., Ltd.", place="EXA")
    assert list(profile(fields)["companies"]) == ["company", "Second Co Ltd"]
    shown, fields = step(client, fields, do="add", kind="site", name="Works", place="EXA", owner="Second Co Ltd")
    assert profile(fields)["companies"]["Second Co Ltd"]["sites"] == {"Works": {"place": "EXA"}}
    assert [one["name"] for one in shown["told"]] == ["company", "Second Co Ltd", "Works"]


@pytest.mark.parametrize("content", [PROFILE.encode(), b'{"vehicles": {"car": {"place": "EXA"}}}'])
def test_a_profile_is_uploaded(client: TestClient, content: bytes) -> None:
    page = client.post("/en/assess", data={"do": "upload"}, files={"file": ("p.yaml", content)})
    assert page.status_code == 200
    assert "vehicles" in profile(carried(page.text))


def test_the_answer_takes_an_answer_too(client: TestClient) -> None:
    before = client.post("/en/answer.json", data={"profile": PROFILE}).json()
    question = before["open"]["questions"][0]
    sent = {
        "profile": PROFILE,
        "do": "answer",
        "q0.subject": question["subject"],
        "q0.fact": question["fact"],
        "q0.value": {"boolean": "yes", "choice": (question["options"] or [{}])[0].get("value", "")}.get(
            question["kind"], "60"
        ),
    }
    after = client.post("/en/answer.json", data=sent).json()
    assert question["fact"] not in [one["fact"] for one in after["open"]["questions"]]
