"""Every page and its twin, in both languages."""

import json
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from rambu.web.packed import packed
from rambu.web.routes import PAGES
from rambu.web.site import Site
from rambu.web.view import Asked, Shown
from tests.api.conftest import PROFILE

RULE = "rules/exa/clean-transport-act"
GETS = [
    "",
    "assess",
    "assess?kind=vehicle",
    "compare",
    "compare?as_of=2024-06-01&known_on=2023-07-01",
    "topics/carbon-tax",
    "topics/ev-purchase-subsidy",
    "countries/EXA",
    "rules",
    RULE,
    f"{RULE}/subsidy",
    f"{RULE}/annual_tax",
    f"{RULE}/recognised_maker?as_of=2030-01-01",
    "coverage",
    "coverage/EXA",
    "changes",
    "changes?first=2023-01-01&last=2026-11-01&in=EXA",
    "search",
    "search?q=tax",
    "worth",
    "worth?powertrain=bev&price=30000",
    "search?q=구매보조금",
    "report",
    "report?about=exa/clean-transport-act.subsidy",
    "about",
]
CARRIED = {"profile": PROFILE, "as_of": "2026-03-01"}
POSTS = [
    ("assess", CARRIED),
    ("assess", {**CARRIED, "do": "all"}),
    ("assess", {"do": "begin", "kind": "vehicle", "place": "EXA"}),
    ("answer", CARRIED),
    ("link", CARRIED),
    ("link", {**CARRIED, "do": "make"}),
    ("report", {"text": "wrong figure"}),
]


class Page(HTMLParser):
    """What a test looks at: language, titles, ids, links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, tag: str) -> list[dict[str, str]]:
        """Attributes of every element of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


def twin(path: str) -> str:
    address, mark, query = path.partition("?")
    return f"{address or 'index'}.json{mark}{query}"


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("path", GETS)
def test_a_page_and_its_twin(client: TestClient, path: str, lang: str) -> None:
    page, data = client.get(f"/{lang}/{path}"), client.get(f"/{lang}/{twin(path)}")
    assert (page.status_code, data.status_code) == (200, 200)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert data.headers["content-type"] == "application/json"
    check_markup(Page(page.text), lang)


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(("path", "form"), POSTS)
def test_a_posted_page_and_its_twin(client: TestClient, path: str, form: dict[str, str], lang: str) -> None:
    page, data = client.post(f"/{lang}/{path}", data=form), client.post(f"/{lang}/{path}.json", data=form)
    assert (page.status_code, data.status_code) == (200, 200)
    assert isinstance(data.json(), dict)
    assert page.headers["cache-control"] == "no-store"
    check_markup(Page(page.text), lang)


def check_markup(page: Page, lang: str) -> None:
    """One heading, the right language, ids once, labels for fields, nothing inline."""
    assert page.of("html")[0]["lang"] == lang
    assert len(page.of("h1")) == 1
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    assert all("style" not in attributes for _, attributes in page.tags)
    assert not page.of("style")
    assert all(script.get("src") for script in page.of("script"))
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    labelled = {label["for"] for label in page.of("label") if "for" in label}
    for field in [*page.of("input"), *page.of("select"), *page.of("textarea")]:
        if field.get("type") not in ("hidden", "radio", "checkbox"):
            assert field.get("id") in labelled or "aria-label" in field, field


@pytest.mark.parametrize("path", GETS)
def test_the_twin_is_what_the_template_gets(client: TestClient, site: Site, path: str) -> None:
    address, _, query = path.partition("?")
    fields = dict(pair.split("=") for pair in query.split("&") if pair)
    page, parts = next((page, parts) for page in PAGES if (parts := matched(page.path, address)) is not None)
    shown = page.view(site, Asked("ko", address, site.words["ko"], parts, fields))
    assert isinstance(shown, Shown)
    assert client.get(f"/ko/{twin(path)}").json() == json.loads(json.dumps(shown.data))


def matched(pattern: str, path: str) -> dict[str, str] | None:
    """The parts of a path by the pattern of a route."""
    wanted, given = pattern.split("/"), path.split("/")
    if len(wanted) != len(given):
        return None
    parts = {one.strip("{}"): other for one, other in zip(wanted, given, strict=True) if one.startswith("{")}
    same = all(one == other for one, other in zip(wanted, given, strict=True) if not one.startswith("{"))
    return parts if same else None


def test_a_link_holds_the_profile_only_when_it_is_asked_for(client: TestClient) -> None:
    explained = client.post("/en/link.json", data=CARRIED).json()
    made = client.post("/en/link.json", data={**CARRIED, "do": "make"}).json()
    assert explained["link"] == ""
    page = client.get(made["link"])
    assert page.status_code == 200
    posted = client.post("/en/answer.json", data=CARRIED).json()
    linked = client.get(made["link"].replace("/answer?", "/answer.json?")).json()
    assert linked["title"] == posted["title"]
    assert '"noindex"' in page.text
    assert page.headers["cache-control"] == "no-store"


def test_an_answer_without_a_profile_begins_the_interview(client: TestClient) -> None:
    assert client.get("/ko/answer").headers["location"] == "/ko/assess"


def test_a_damaged_link_is_refused(client: TestClient) -> None:
    bomb = packed("a" * 1_000_000)
    for piece in ("AAAA", "§", bomb, packed("- 1")):
        assert client.get("/en/answer", params={"p": piece}).status_code == 422


def test_the_switcher_keeps_page_and_query(client: TestClient) -> None:
    page = Page(client.get("/en/compare?as_of=2024-06-01").text)
    assert "/ko/compare?as_of=2024-06-01" in [link.get("href") for link in page.of("a")]
    alternates = {link["hreflang"]: link["href"] for link in page.of("link") if "hreflang" in link}
    assert alternates == {"en": "/en/compare?as_of=2024-06-01", "ko": "/ko/compare?as_of=2024-06-01"}


def test_the_switcher_of_a_posted_page_posts_the_profile(client: TestClient) -> None:
    text = client.post("/en/answer", data=CARRIED).text
    assert '<form method="post" action="/ko/answer"><input type="hidden" name="profile"' in text
    assert "?profile" not in text


def test_the_profile_comes_back_as_it_was(client: TestClient) -> None:
    sent = client.post("/en/profile.yaml", data=CARRIED)
    assert sent.headers["content-disposition"] == 'attachment; filename="profile.yaml"'
    again = client.post("/en/profile.yaml", data={"profile": sent.text})
    assert again.text == sent.text


@pytest.mark.parametrize(
    ("accepted", "path"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "/ko/"),
        ("en-US", "/en/"),
        ("fr, ko;q=0.1", "/ko/"),
        ("", "/en/"),
        ("*", "/en/"),
        ("ko;q=0, en;q=0.1", "/en/"),
        ("ko;q=nan", "/en/"),
        ("th", "/en/"),
    ],
)
def test_the_start_is_found_in_the_language_of_the_visitor(client: TestClient, accepted: str, path: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.headers["location"]) == (302, path)
    assert answer.headers["vary"] == "Accept-Language"
