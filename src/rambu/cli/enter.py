"""`rambu gap` and `rambu brief`: what a company meets that enters another country."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from rambu import __version__
from rambu.cli.edge import AsOf, KnownOn, Lang, RegisterPath, countries, days, load_register, wording
from rambu.cli.take import Out, form_of, give
from rambu.errors import RambuError

if TYPE_CHECKING:
    from rambu.gap import Entry
    from rambu.publish.wording import Wording

BriefForm = Literal["table", "html", "pdf", "docx"]
Form = Literal["table", "json", "html", "pdf", "docx"]
ProfileFile = Annotated[Path, typer.Argument(help="A profile in YAML, or - for stdin.")]
Home = Annotated[
    str, typer.Option(help="Where the company comes from. Default: where its first company is.", metavar="CODE")
]
To = Annotated[str, typer.Option("--to", help="Countries that it enters, such as VNM,IDN.", metavar="CODES")]


def register_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="gap")(gap)
    app.command(name="brief")(brief)


def gap(
    file: ProfileFile,
    to: To,
    home: Home = "",
    as_of: AsOf = "",
    known_on: KnownOn = "",
    lang: Lang = "en",
    format_: Annotated[Form, typer.Option("--format", help="table, json, html, pdf or docx.")] = "table",
    out: Out = None,
    register: RegisterPath = None,
) -> None:
    """What other countries ask beyond what is asked at home, what is stricter or earlier, and what falls away."""
    from rambu.publish.gap import gap_document, gap_json

    found, words = _entered(file, to, home, as_of, known_on, lang, register)
    if (form := form_of(format_, out, get_args(Form))) == "json":
        give(json.dumps([gap_json(one) for one in found.gaps], ensure_ascii=False), form, out)
    else:
        give(gap_document(found.gaps, found.assessment.profile, words, __version__), form, out)


def brief(
    file: ProfileFile,
    to: To = "",
    home: Home = "",
    as_of: AsOf = "",
    known_on: KnownOn = "",
    lang: Lang = "en",
    format_: Annotated[BriefForm, typer.Option("--format", help="table, html, pdf or docx.")] = "table",
    out: Out = None,
    register: RegisterPath = None,
) -> None:
    """The country-entry brief: the answer on one page, to do by date, money, gap, open questions, sources."""
    from rambu.publish.brief import Brief

    found, words = _entered(file, to, home, as_of, known_on, lang, register)
    document = Brief(found.assessment, found.gaps, words, __version__, found.imagined).document()
    give(document, form_of(format_, out, get_args(BriefForm)), out)


def _entered(
    file: Path, to: str, home: str, as_of: str, known_on: str, lang: str, register: Path | None
) -> "tuple[Entry, Wording]":
    from rambu.gap import entry, home_of
    from rambu.load import read_profile_from
    from rambu.rules import Rules

    asked = days(as_of, known_on)
    loaded = load_register(register)
    rules, words = Rules(loaded), wording(loaded, lang)
    profile = read_profile_from(file, sys.stdin.buffer, loaded)
    start = (countries(home, loaded) or [home_of(profile) or ""])[0]
    if not start:
        raise RambuError.of("no-home", "no subject of the profile has a place", "say --home KOR", str(file))
    placed = sorted({one.jurisdiction for one in profile.all_subjects() if one.jurisdiction} - {start})
    targets = countries(to, loaded) or placed
    if not targets or targets == [start]:
        raise RambuError.of("no-target", "no country to enter is named", "say --to VNM,IDN", str(file))
    return entry(rules, profile, start, targets, *asked), words
