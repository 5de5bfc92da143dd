"""Which address shows which page."""

from dataclasses import dataclass

from rambu.web.pages import (
    about,
    answer,
    assess,
    changes,
    compare,
    country,
    coverage,
    gap,
    instrument,
    link,
    profile,
    provision,
    report,
    rules,
    search,
    start,
    take,
    topic,
    worth,
)
from rambu.web.view import View

GET, BOTH, POST = ("GET", "HEAD"), ("GET", "HEAD", "POST"), ("POST",)


@dataclass(frozen=True, slots=True)
class Page:
    """An address below the language, and the view behind it."""

    path: str
    view: View
    methods: tuple[str, ...] = GET
    twin: bool = True  # a page that sends a file has no JSON beside it


PAGES = (
    Page("", start.view),
    Page("assess", assess.view, BOTH),
    Page("answer", answer.view, BOTH),
    Page("worth", worth.view, BOTH),
    Page("gap", gap.view, BOTH),
    Page("take/{file}", take.view, POST, twin=False),
    Page("link", link.view, POST),
    Page("profile.yaml", profile.view, POST),
    Page("compare", compare.view),
    Page("topics/{topic}", topic.view),
    Page("countries/{code}", country.view),
    Page("rules", rules.view),
    Page("rules/{country}/{file}", instrument.view),
    Page("rules/{country}/{file}/{name}", provision.view),
    Page("coverage", coverage.view),
    Page("coverage/{code}", coverage.country),
    Page("changes", changes.view),
    Page("search", search.view),
    Page("report", report.view, BOTH),
    Page("about", about.view),
)
