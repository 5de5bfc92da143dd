"""`rambu assess`: what applies to a profile."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from rambu import __version__
from rambu.cli.edge import (
    About,
    AsOf,
    KnownOn,
    Lang,
    RegisterPath,
    Within,
    colour,
    countries,
    days,
    load_register,
    topics,
    width,
    wording,
)
from rambu.cli.take import Out, documents, form_of, give, taken
from rambu.errors import RambuError

if TYPE_CHECKING:
    from rambu.assess import Assessment
    from rambu.profile import Profile
    from rambu.publish.record import Asking
    from rambu.publish.wording import Wording
    from rambu.register import Register
    from rambu.rules import Rules

Format = Literal["table", "json", "md", "xlsx", "ics", "html", "pdf", "docx"]


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="assess")(assess)


def assess(  # options of a command are its parameters
    file: Annotated[Path, typer.Argument(help="A profile in YAML, or - for stdin.")],
    as_of: AsOf = "",
    known_on: KnownOn = "",
    within: Within = "",
    topic: About = "",
    lang: Lang = "en",
    format_: Annotated[
        Format, typer.Option("--format", help="table, json, md, xlsx, ics, html, pdf or docx.")
    ] = "table",
    why: Annotated[bool, typer.Option("--why", help="Print the reasons under each finding.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what does not apply, has ended, and every question.")
    ] = False,
    out: Out = None,
    update: Annotated[
        Path | None, typer.Option(help="An earlier workbook, whose owners, status and remarks are kept.")
    ] = None,
    record: Annotated[Path | None, typer.Option(help="Write an audit file too, for rambu replay.")] = None,
    register: RegisterPath = None,
) -> None:
    """What applies to a profile, where, on a day; since when, by which source, and what is still to be known.

    FILE may be a workbook that rambu wrote: its sheet of the profile is read.
    """
    from rambu import assess as engine
    from rambu.profile import ProfileReader
    from rambu.publish.record import Asking
    from rambu.rules import Rules

    asked, known = days(as_of, known_on)
    loaded = load_register(register)
    words, rules = wording(loaded, lang), Rules(loaded)
    given = _given(file, loaded)
    profile = ProfileReader(loaded, given.file, given.marks).read(given.data)
    codes = countries(within, loaded)
    found = engine.assess(rules, profile, asked, known, codes)
    if (wanted := topics(topic, loaded)) is not None:
        found = engine.about(found, wanted)
    if record is not None:
        names = None if (wanted := topics(topic, loaded)) is None else tuple(sorted(wanted))
        _record(record, rules, Asking(given.text, asked, known, None if codes is None else tuple(codes), names), words)
    form = form_of(format_, out, get_args(Format))
    if update is not None and form != "xlsx":
        raise RambuError.of("usage", "--update keeps the remarks of a workbook", "say --format xlsx", "--update")
    if form not in ("table", "json", "md"):
        kept = given.kept if update is None else _kept(update, loaded, found.profile)
        taken(_file(form, rules, profile, found, given, words, kept), out)
    else:
        give(_printed(found, words, form, why, everything), form, out)


def _kept(update: Path, register: "Register", profile: str) -> "Mapping[str, tuple[str, str, str]]":
    """Owners, status and remarks of an earlier workbook of the same profile. Raises RambuError."""
    from rambu.publish.workbook_back import read_back

    back = read_back(_bytes(update), register, str(update))
    if back.profile != profile:
        what = f"this workbook is of another profile, {back.profile[:60]}"
        raise RambuError.of("workbook", what, f"give one of {profile[:60]}", str(update))
    return back.kept


@dataclass(frozen=True, slots=True)
class Given:
    """A profile as it was given: its data, where each part stands, and its text."""

    data: Any
    marks: "Mapping[tuple[str | int, ...], tuple[int, int]]"
    text: str
    file: str
    kept: "Mapping[str, tuple[str, str, str]]"


def _given(file: Path, register: "Register") -> Given:
    """A profile from YAML or from a workbook. Raises RambuError."""
    from rambu.interview import as_yaml
    from rambu.load import profile_document
    from rambu.publish.workbook_back import read_back

    if file.suffix == ".xlsx":
        back = read_back(_bytes(file), register, str(file))
        return Given(back.data, {}, as_yaml(back.data), str(file), back.kept)
    document, text = profile_document(file, sys.stdin.buffer)
    return Given(document.data, document.marks, text, document.file, {})


def _bytes(file: Path) -> bytes:
    """What a file holds. Raises RambuError."""
    try:
        return file.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise RambuError.of("missing-file", what, "name a file", str(file)) from None


def _record(target: Path, rules: "Rules", asking: "Asking", words: "Wording") -> None:
    from rambu.load import register_digest
    from rambu.publish.record import record

    made = record(rules, asking, words, __version__, register_digest(rules.register))
    taken(json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n", target)


def _file(
    form: Format,
    rules: "Rules",
    profile: "Profile",
    found: "Assessment",
    given: Given,
    words: "Wording",
    kept: "Mapping[str, tuple[str, str, str]]",
) -> bytes:
    """The answer as a file of this form."""
    if form == "xlsx":
        from rambu.publish.workbook import workbook

        return workbook(found, given.data, words, __version__, kept)
    if form == "ics":
        from rambu.publish.calendar import ics

        return ics(rules, profile, found, words)
    from rambu.publish.brief import Brief

    return documents()[form](Brief(found, (), words, __version__).document())


def _printed(found: "Assessment", words: "Wording", form: Format, why: bool, everything: bool) -> str:
    """The answer in one of its forms."""
    if form == "json":
        from rambu.publish.as_json import as_json

        answer = as_json(found, words, __version__, why)
        return json.dumps(answer, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
    from rambu.publish.answer import page

    made = page(found, words, __version__, why, everything)
    if form == "md":
        from rambu.publish.markdown import markdown

        return markdown(made).rstrip("\n")
    from rambu.publish.table import table

    return table(made, width(), colour()).rstrip("\n")
