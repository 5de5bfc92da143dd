"""`rambu assess`: what applies to a profile."""

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

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
    from rambu import __version__
    from rambu import assess as engine
    from rambu.load import read_profile_from
    from rambu.rules import Rules

    asked, known = days(as_of, known_on)
    loaded = load_register(register)
    words = wording(loaded, lang)
    profile = read_profile_from(file, sys.stdin.buffer, loaded)
    found = engine.assess(Rules(loaded), profile, asked, known, countries(within, loaded))
    if wanted := topics(topic, loaded):
        found = engine.about(found, wanted)
    if format_ == "json":
        from rambu.publish.as_json import as_json

        answer = as_json(found, words, __version__, why)
        print(json.dumps(answer, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))
        return
    from rambu.publish.answer import page

    made = page(found, words, __version__, why, everything)
    if format_ == "md":
        from rambu.publish.markdown import markdown

        print(markdown(made), end="")
        return
    from rambu.publish.table import table

    print(table(made, width(), colour()), end="")
