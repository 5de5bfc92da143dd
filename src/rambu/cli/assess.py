"""`rambu assess`: what applies to a profile."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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

if TYPE_CHECKING:
    from rambu.assess import Assessment
    from rambu.publish.wording import Wording

Format = Literal["table", "json", "md"]


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="assess")(assess)


def assess(  # noqa: PLR0913, PLR0917  # options of a command are its parameters
    file: Annotated[Path, typer.Argument(help="A profile in YAML, or - for stdin.")],
    as_of: AsOf = "",
    known_on: KnownOn = "",
    within: Within = "",
    topic: About = "",
    lang: Lang = "en",
    format_: Annotated[Format, typer.Option("--format", help="table, json or md.")] = "table",
    why: Annotated[bool, typer.Option("--why", help="Print the reasons under each finding.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what does not apply, has ended, and every question.")
    ] = False,
    register: RegisterPath = None,
) -> None:
    """What applies to a profile, where, on a day; since when, by which source, and what is still to be known."""
    from rambu import assess as engine
    from rambu.load import read_profile_from
    from rambu.rules import Rules

    asked, known = days(as_of, known_on)
    loaded = load_register(register)
    words = wording(loaded, lang)
    profile = read_profile_from(file, sys.stdin.buffer, loaded)
    found = engine.assess(Rules(loaded), profile, asked, known, countries(within, loaded))
    if (wanted := topics(topic, loaded)) is not None:
        found = engine.about(found, wanted)
    print(_printed(found, words, format_, why, everything))


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
