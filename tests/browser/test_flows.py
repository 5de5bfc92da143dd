"""From the first question to the answer: by keyboard alone, with JavaScript off, and with a profile uploaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT
from tests.browser.test_pages import inspect, listen, picture

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A phone on which JavaScript is off."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_an_answer_with_javascript_off(scriptless: Page, address: str) -> None:
    scriptless.goto(f"{address}/en/assess")
    scriptless.locator("input[name=kind][value=site]").check()
    scriptless.locator("select[name=place]").select_option(label="Singapore")
    scriptless.locator("button[value=begin]").click()
    assert scriptless.locator("h1").inner_text()
    scriptless.locator("[formaction$='/answer'], form[action$='/answer'] button").first.click()
    assert "Singapore" in scriptless.locator("main").inner_text()
    assert "?" not in scriptless.url, "a profile is never in an address unless the visitor asks for a link"


def test_a_search_with_javascript_off(scriptless: Page, address: str) -> None:
    scriptless.goto(f"{address}/en/")
    scriptless.locator("input[name=q]").first.fill("carbon tax")
    scriptless.locator("input[name=q]").first.press("Enter")
    assert "Carbon" in scriptless.locator("main").inner_text()


def test_the_first_question_by_keyboard_alone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{address}/en/assess")
    reached = tab_to(page, "document.activeElement.name === 'place'")
    assert reached
    page.keyboard.type("Sing")
    assert tab_to(page, "document.activeElement.tagName === 'BUTTON' && document.activeElement.value === 'begin'")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus is not to be seen"
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert "Singapore" in page.locator("main").inner_text()
    context.close()


def tab_to(page: Page, condition: str) -> bool:
    """Press Tab until the condition holds; whether it ever did."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return True
    return False


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_uploaded_profile_is_answered(
    example: Path, width: int, lang: str, browser: Browser, address: str, axe: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    said = listen(page)
    page.goto(f"{address}/{lang}/assess")
    page.locator("input[type=file]").first.set_input_files(str(example))
    page.locator("button[value=upload]").first.click()
    inspect(page, axe)
    picture(page, f"assess-{example.stem}.{lang}.{width}")
    page.locator("[formaction$='/answer'], form[action$='/answer'] button").first.click()
    inspect(page, axe)
    picture(page, f"answer-{example.stem}.{lang}.{width}")
    assert said == []
    context.close()


def test_answers_while_typing(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.set_default_timeout(10_000)
    page = context.new_page()
    said = listen(page)
    page.goto(f"{address}/ko/search")
    page.locator("input[name=q]").last.press_sequentially("탄소세", delay=30)
    expect(page.locator("main")).to_contain_text("싱가포르", timeout=5_000)
    assert said == []
    context.close()


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("width", [360, 1280])
def test_all_questions_on_one_page_and_a_link(width: int, lang: str, browser: Browser, address: str, axe: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    said = listen(page)
    page.goto(f"{address}/{lang}/assess")
    page.locator("input[type=file]").first.set_input_files(str(ROOT / "examples" / "singapore-plant.yaml"))
    page.locator("button[value=upload]").first.click()
    page.locator("button[value=all]").first.click()
    inspect(page, axe)
    picture(page, f"assess-all.{lang}.{width}")
    page.goto(f"{address}/{lang}/assess")  # a posted page is not kept: nothing to go back to
    page.locator("input[type=file]").first.set_input_files(str(ROOT / "examples" / "singapore-plant.yaml"))
    page.locator("button[value=upload]").first.click()
    page.locator("[formaction$='/link'], form[action$='/link'] button").first.click()
    inspect(page, axe)
    picture(page, f"link.{lang}.{width}")
    assert said == []
    context.close()


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_wrong_answer_is_said_beside_its_question(lang: str, browser: Browser, address: str, axe: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{address}/{lang}/assess")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "p.yaml", "mimeType": "text/yaml", "buffer": b"site: {plcae: SGP}"}
    )
    page.locator("button[value=upload]").first.click()
    assert "plcae" in page.locator("main").inner_text()
    inspect(page, axe)
    picture(page, f"assess-wrong.{lang}")
    context.close()
