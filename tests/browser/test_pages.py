"""Every page, in both languages, narrow and wide, light and dark: no error, no scroll, no text beyond its box."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PICTURES

PAGES = {
    "start": "", "begin": "assess", "compare": "compare", "compare-2023": "compare?as_of=2023-06-30",
    "topic": "topics/carbon-tax", "topic-wage": "topics/minimum-wage", "country": "countries/sgp",
    "country-thin": "countries/tls", "rules": "rules", "instrument": "rules/sgp/carbon-pricing-act",
    "provision": "rules/sgp/carbon-pricing-act/carbon_tax", "provision-kor": "rules/kor/minimum-wage/hourly",
    "provision-vnm": "rules/vnm/minimum-wage/monthly", "coverage": "coverage", "coverage-country": "coverage/vnm",
    "changes": "changes", "search": "search?q=carbon", "search-ko": "search?q=탄소세", "search-none": "search?q=qqqqq",
    "worth": "worth", "worth-wrong": "worth?powertrain=nonsense",
    "worth-car": "worth?vehicle_class=car&powertrain=bev&assembly=cbu&currency=USD&customs_value=25000"
    "&battery_energy=60&motor_power=150&seats=5&as_of=2026-06-15",
    "report": "report", "about": "about", "lost": "rules/sgp/no-such-thing",
}  # fmt: skip
REFUSED = {"lost": "404", "worth-wrong": "422"}
SIZES = {"narrow": (360, 740), "wide": (1280, 900)}
TEXT_BEYOND_BOX = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim()) continue;
    let box = node.parentElement;
    if (box.closest('.vh, script, style, noscript, option, select, svg') || !box.checkVisibility()) continue;
    while (box && getComputedStyle(box).display.startsWith('inline') && box.parentElement) box = box.parentElement;
    if (box.closest('pre, code')) continue;
    const edge = box.getBoundingClientRect();
    const hidden = edge.width <= 1.5 || edge.height <= 1.5 || getComputedStyle(box).clipPath !== 'none';
    if (hidden) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects())
      if (rect.width > 1 && (rect.right > edge.right + 1.5 || rect.left < edge.left - 1.5))
        found.push(node.data.trim().slice(0, 60) + ' in ' + box.tagName + '.' + box.className);
  }
  return [...new Set(found)];
}"""
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
AXE = """() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
  one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 90)).slice(0, 3).join(' | ')))"""


@pytest.fixture(params=[(size, theme) for size in SIZES for theme in ("light", "dark")], ids="-".join)
def look(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, str, Page]]:
    """A page of one size and theme that remembers what the console says."""
    size, theme = request.param
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = context.new_page()
    yield size, theme, page
    context.close()


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, lang: str, look: tuple[str, str, Page], address: str, axe: str) -> None:
    size, theme, page = look
    said = listen(page)
    page.goto(f"{address}/{lang}/{PAGES[name]}")
    assert page.evaluate("document.documentElement.lang") == lang
    inspect(page, axe)
    lost = [line for line in said if not (name in REFUSED and REFUSED[name] in line)]
    assert lost == []
    picture(page, f"{name}.{lang}.{size}.{theme}")


def listen(page: Page) -> list[str]:
    """Errors of the console and requests to anybody else."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda asked: None if "127.0.0.1" in asked.url or asked.url.startswith("data:") else said.append(asked.url),
    )
    return said


def inspect(page: Page, axe: str) -> None:
    """What must hold of every page."""
    page.wait_for_load_state("load")
    assert page.evaluate(SCROLLS) is False, "the page scrolls sideways"
    assert page.evaluate(TEXT_BEYOND_BOX) == []
    page.evaluate(axe)
    found: list[Any] = page.evaluate(AXE)
    assert found == []


def picture(page: Page, name: str) -> None:
    """Kept as a test artefact."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=True)
