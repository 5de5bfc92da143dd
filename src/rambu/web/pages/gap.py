"""Gap: what another country asks beyond home."""

from dataclasses import asdict
from typing import Any

from rambu.errors import RambuError
from rambu.gap import Entry, entry, home_of
from rambu.publish.document.blocks import Block, Bullets, Heading, Sources, Table, Text
from rambu.publish.gap import gap_document, gap_json
from rambu.web.site import Site
from rambu.web.sources import source_list
from rambu.web.state import State, state_of
from rambu.web.view import Asked, Elsewhere, Plain, Shown
from rambu.web.when import stamp

MOST_ENTERED = 120  # subjects, each in every country


def view(site: Site, asked: Asked) -> Shown | Elsewhere:
    """The countries to choose from and, once one is chosen, the gap. Raises RambuError."""
    state = state_of(site, asked)
    if not state.data:
        return Elsewhere(asked.at("assess"))
    found = entered(site, asked, state)
    home = asked.given("home").upper() or home_of(state.profile) or ""
    document = gap_document(found.gaps, state.profile.name, asked.words, site.version) if found else None
    targets = set(found.targets) if found else set()
    data: Plain = {
        "stamp": stamp(site, asked, state.as_of, state.known_on),
        "title": document.title if document else asked.words.say("What is asked there and not at home?"),
        "countries": [{"code": code, "name": asked.words.country(code), "home": code == home, "chosen": code in targets}
                      for code in site.countries],
        "blocks": [block for one in document.blocks if (block := _plain(one, asked))] if document else [],
        "gaps": [gap_json(one) for one in found.gaps] if found else [],
        "home": home,
        "to": ",".join(found.targets) if found else "",
    }  # fmt: skip
    return Shown("gap.html", data, hidden=state.hidden(), index=False)


def entered(site: Site, asked: Asked, state: State) -> Entry | None:
    """The company in the countries that were chosen; None where none was. Raises RambuError."""
    known = site.register.vocabulary.jurisdictions
    sent = asked.form.get("to") or [asked.query.get("to", "")]
    codes = [code.strip().upper() for part in sent for code in part.split(",")]
    home = asked.given("home").upper() or home_of(state.profile) or ""
    if unknown := [code for code in codes if code and code not in known]:
        what = f"unknown country {unknown[0][:40]}"
        raise RambuError.of("unknown", what, f"write one of {', '.join(known)}", "to")
    targets = [code for code in codes if code in known and code != home]
    if not targets or home not in known:
        return None
    subjects = sum(1 for _ in state.profile.all_subjects())
    if subjects * (len(targets) + 1) > MOST_ENTERED:
        what = f"{subjects} subjects in {len(targets)} countries are more than can be reckoned here"
        raise RambuError.of("too-large", what, "choose fewer countries, or use rambu gap", "to")
    return entry(site.opened.rules, state.profile, home, targets, state.as_of, state.known_on)


def _plain(block: Block, asked: Asked) -> dict[str, Any]:
    """A block as plain data for the template."""
    match block:
        case Heading():
            return {"kind": "heading", **asdict(block)}
        case Text():
            return {"kind": "text", **asdict(block)}
        case Bullets():
            return {"kind": "bullets", **asdict(block)}
        case Table():
            return {"kind": "table", "headers": list(block.headers), "rows": [list(row) for row in block.rows]}
        case Sources(references):
            return {"kind": "sources", "sources": source_list(references, asked.words)}
