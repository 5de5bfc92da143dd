"""Files to take along: workbook, calendar, audit file; the brief and the gap as PDF, Word or HTML."""

import json
from collections.abc import Callable

from rambu.errors import RambuError
from rambu.gap import Entry
from rambu.interview import as_yaml
from rambu.load import register_digest
from rambu.publish.brief import Brief
from rambu.publish.calendar import ics
from rambu.publish.document.blocks import Document
from rambu.publish.document.html import html
from rambu.publish.document.typst import pdf
from rambu.publish.document.word import docx
from rambu.publish.gap import gap_document
from rambu.publish.record import Asking, record
from rambu.publish.workbook import workbook
from rambu.web.pages.gap import entered
from rambu.web.site import Site
from rambu.web.state import State, state_of
from rambu.web.view import Asked, Elsewhere, NotFoundError, Sent

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RENDERERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "pdf": (pdf, "application/pdf"),
    "docx": (docx, WORD),
    "html": (lambda document: html(document).encode(), "text/html; charset=utf-8"),
}


def view(site: Site, asked: Asked) -> Sent | Elsewhere:
    """One file. Raises NotFoundError for a name that is none of ours, RambuError for a profile that cannot be read."""
    state = state_of(site, asked)
    name = asked.parts["file"]
    stem, _, form = name.rpartition(".")
    if not state.data:
        return Elsewhere(asked.at("assess"))
    if stem in ("brief", "gap") and form in RENDERERS:
        render, media_type = RENDERERS[form]
        return Sent(render(_document(site, asked, state, stem)), media_type, f"rambu-{name}")
    match name:
        case "answer.xlsx":
            made = workbook(state.assessment, state.data, asked.words, site.version)
            return Sent(made, EXCEL, "rambu.xlsx")
        case "calendar.ics":
            made = ics(site.opened.rules, state.profile, state.assessment, asked.words)
            return Sent(made, "text/calendar; charset=utf-8", "rambu.ics")
        case "record.json":
            return Sent(_record(site, asked, state), "application/json", "rambu-record.json")
    raise NotFoundError


def _document(site: Site, asked: Asked, state: State, stem: str) -> Document:
    found: Entry | None = entered(site, asked, state)
    if stem == "gap":
        if found is None:
            what = "no country to enter is named"
            raise RambuError.of("no-target", what, "choose one on the page of the gap", "to")
        return gap_document(found.gaps, found.assessment.profile, asked.words, site.version)
    if found is None:
        return Brief(state.assessment, (), asked.words, site.version).document()
    return Brief(found.assessment, found.gaps, asked.words, site.version, found.imagined).document()


def _record(site: Site, asked: Asked, state: State) -> bytes:
    asking = Asking(as_yaml(state.data), state.as_of, state.known_on, state.scope or None)
    made = record(site.opened.rules, asking, asked.words, site.version, register_digest(site.register))
    return json.dumps(made, ensure_ascii=False, indent=1).encode()
