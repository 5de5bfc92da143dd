"""`rambu worth`: what a vehicle pays and receives, and what an investment qualifies for."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from rambu import __version__
from rambu.cli.edge import AsOf, KnownOn, Lang, RegisterPath, Within, countries, days, load_register, wording
from rambu.cli.take import Out, form_of, give

if TYPE_CHECKING:
    from rambu.expressions.subject import Subject
    from rambu.profile import Profile
    from rambu.publish.document.blocks import Document
    from rambu.publish.layout import Line
    from rambu.publish.qualify import Offers
    from rambu.publish.references import References
    from rambu.publish.wording import Wording
    from rambu.publish.worth import WorthPage
    from rambu.rules import Rules

Format = Literal["table", "json", "svg", "html", "pdf", "docx"]


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="worth")(worth)


def worth(
    file: Annotated[Path, typer.Argument(help="A profile in YAML with vehicles or projects, or - for stdin.")],
    as_of: AsOf = "",
    known_on: KnownOn = "",
    within: Within = "",
    against: Annotated[
        str,
        typer.Option(
            help="Facts of the same vehicle with a petrol engine, such as engine_displacement=1600; `no` for none.",
            metavar="FACTS",
        ),
    ] = "",
    lang: Lang = "en",
    format_: Annotated[Format, typer.Option("--format", help="table, json, svg, html, pdf or docx.")] = "table",
    out: Out = None,
    register: RegisterPath = None,
) -> None:
    """What a vehicle pays and receives line by line, beside a petrol one; what an investment qualifies for."""
    from rambu.errors import RambuError
    from rambu.load import read_profile_from
    from rambu.publish.references import References
    from rambu.publish.worth_chart import chart
    from rambu.publish.worth_paper import WorthPaper
    from rambu.rules import Rules

    asked, known = days(as_of, known_on)
    loaded = load_register(register)
    words, rules = wording(loaded, lang), Rules(loaded)
    profile = read_profile_from(file, sys.stdin.buffer, loaded)
    codes = countries(within, loaded)
    references = References(words)
    vehicles = list(worths(rules, profile, (asked, known), codes, against, words, references))
    projects = list(_offers(rules, profile, (asked, known), codes, words, references))
    if not vehicles and not projects:
        what = "there is no vehicle and no project in it that stands in a country"
        raise RambuError.of("no-subject", what, "give a vehicle or project with its place, or say --in", str(file))
    made: Document | str | tuple[Line, ...]
    if (form := form_of(format_, out, get_args(Format))) == "json":
        made = json.dumps({"vehicles": [_vehicle_json(page) for page in vehicles],
                           "projects": [offers.as_json() for offers in projects]}, ensure_ascii=False)  # fmt: skip
    elif form == "svg":
        made = chart(vehicles, words)
    elif form == "table":
        made = tuple(_told(vehicles, projects, words, references))
    else:
        made = WorthPaper(vehicles, projects, references, words).document(profile.name, (asked, known), __version__)
    give(made, form, out)


def _told(
    vehicles: "list[WorthPage]", projects: "list[Offers]", words: "Wording", references: "References"
) -> "Iterator[Line]":
    """Vehicles and projects for a terminal, and the sources of all."""
    from rambu.publish.layout import line
    from rambu.publish.worth import source_lines

    shown: list[WorthPage | Offers] = [*vehicles, *projects]
    for one in shown:
        yield from one.lines()
        yield line(0, "")
    yield from source_lines(references, words)


def _vehicle_json(page: "WorthPage") -> dict[str, Any]:
    return {**page.as_json(), "combustion_twin": page.twin_json()}


def worths(
    rules: "Rules",
    profile: "Profile",
    when: tuple[date, date],
    codes: list[str] | None,
    against: str,
    words: "Wording",
    references: "References | None" = None,
) -> "Iterator[WorthPage]":
    """Every vehicle of a profile in every country that is asked for, beside its petrol twin. Raises RambuError."""
    from rambu.publish.worth import WorthPage
    from rambu.worth import combustion_twin, is_electric
    from rambu.worth import worth as reckon

    for vehicle in profile.all_subjects():
        if vehicle.kind != "vehicle":
            continue
        for code in codes or ([vehicle.jurisdiction] if vehicle.jurisdiction else []):
            beside = None
            if against != "no" and is_electric(rules, vehicle):
                beside = reckon(rules, combustion_twin(vehicle, _facts(rules, against)), code, *when)
            yield WorthPage(rules, reckon(rules, vehicle, code, *when), words, beside, references)


def _facts(rules: "Rules", against: str) -> "dict[str, Any]":
    """Facts given to --against. Raises RambuError."""
    from rambu.profile import ProfileReader

    if not against:
        return {}
    pairs = (part.partition("=") for part in against.split(","))
    given = {fact.strip(): value.strip() for fact, _, value in pairs}
    return ProfileReader(rules.register, "--against").read({"vehicle": given}).subjects[0].facts


def _offers(
    rules: "Rules",
    profile: "Profile",
    when: tuple[date, date],
    codes: list[str] | None,
    words: "Wording",
    references: "References",
) -> "Iterator[Offers]":
    from rambu.assess import assess
    from rambu.engine import Assessing
    from rambu.publish.qualify import Offers
    from rambu.qualify import qualify

    projects: list[Subject] = [subject for subject in profile.all_subjects() if subject.kind == "project"]
    if not projects:
        return
    found = assess(rules, profile, *when, codes)
    for project in projects:
        yield Offers(Assessing(rules, *when), project, qualify(found, [project.name]), words, references)
