"""Over the wire: the real register's pages, compressed, with style and script."""

import gzip
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.test_pages import Page

START, EVERY = 45_000, 90_000  # bytes
EXAMPLE = (Path(__file__).parents[2] / "examples" / "korean-battery-maker.yaml").read_text("utf-8")
PAGES = [
    "compare",
    "compare?as_of=2024-01-01",
    "topics/ev-purchase-subsidy",
    "countries/KOR",
    "countries/SGP",
    "rules",
    "coverage",
    "coverage/KOR",
    "changes",
    "search?q=tax",
    "assess",
    "about",
    "rules/sgp/carbon-pricing-act",
    "rules/sgp/carbon-pricing-act/carbon_tax",
    "rules/kor/restriction-of-special-taxation-act",
]


def small(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def weight(client: TestClient, content: bytes) -> int:
    page = Page(content.decode())
    assets = [
        *(link["href"] for link in page.of("link") if link["rel"] == "stylesheet"),
        *(one["src"] for one in page.of("script")),
    ]
    return small(content) + sum(small(client.get(address).content) for address in assets)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_pages_are_light(real: TestClient, lang: str) -> None:
    assert weight(real, real.get(f"/{lang}/").content) <= START
    for path in PAGES:
        page = real.get(f"/{lang}/{path}")
        assert page.status_code == 200, path
        assert weight(real, page.content) <= EVERY, path
    for path, form in (("answer", {}), ("assess", {}), ("assess", {"do": "all"})):
        page = real.post(f"/{lang}/{path}", data={"profile": EXAMPLE, **form})
        assert page.status_code == 200
        assert weight(real, page.content) <= EVERY, (path, form)
