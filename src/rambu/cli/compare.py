"""`rambu compare`: topics, countries and days side by side; an index on demand."""

import json
import re
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from rambu import __version__
from rambu.cli.edge import (
    KnownOn,
    Lang,
    RegisterPath,
    Within,
    countries,
    day,
    load_register,
    today,
    topics,
    wording,
)
from rambu.cli.take import Out, form_of, give
from rambu.errors import RambuError, likely

if TYPE_CHECKING:
    from rambu.publish.document.blocks import Document
    from rambu.publish.wording import Wording
    from rambu.register import Register
    from rambu.rules import Rules

WEIGHT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
Form = Literal["table", "json", "html", "pdf", "docx", "svg"]


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="compare")(compare)


def compare(
    file: Annotated[
        Path | None,
        typer.Argument(help="A profile with a vehicle or project, to be put side by side."),
    ] = None,
    topic: Annotated[
        str, typer.Option("--topic", help="Topics or groups, such as carbon-tax,ev.", metavar="TOPICS")
    ] = "",
    within: Within = "",
    on: Annotated[str, typer.Option("--on", help="Days, with commas. Default: today.", metavar="DAYS")] = "",
    known_on: KnownOn = "",
    index: Annotated[bool, typer.Option("--index", help="How binding each country's rules are, by weights.")] = False,
    weights: Annotated[
        str, typer.Option(help="Weights of groups for --index, such as disclosure=2,ev=0. Default: 1 each.")
    ] = "",
    lang: Lang = "en",
    format_: Annotated[
        Form, typer.Option("--format", help="table, json, html, pdf or docx; svg for vehicles.")
    ] = "table",
    out: Out = None,
    register: RegisterPath = None,
) -> None:
    """The same topic in many countries: how binding, for whom, from which threshold, since when, next change."""
    from rambu.compare import Comparison
    from rambu.index import scores
    from rambu.publish.compare import Compared, index_document
    from rambu.rules import Rules

    loaded = load_register(register)
    words, comparison = wording(loaded, lang), Comparison(Rules(loaded))
    when = [found for part in on.split(",") if (found := day(part.strip(), "--on"))] or [today()]
    known = day(known_on, "--known-on") or today()
    known_places = loaded.vocabulary.jurisdictions
    codes = countries(within, loaded) or [
        code for code, place in known_places.items() if code in loaded.coverage and place.kind == "country"
    ]
    wanted = topics(topic, loaded)
    form = form_of(format_, out, get_args(Form))
    if form == "svg" and file is None:
        raise RambuError.of("usage", "a picture is drawn of a vehicle", "name a profile with one", "--format")
    if form == "json" and index:
        raise RambuError.of("usage", "the index has no JSON form", "say --format html, pdf, docx or table", "--format")
    made: Document | str
    if file is not None:
        made = _side_by_side(file, comparison.rules, wanted, codes, (when[0], min(known, when[0])), form, words)
    elif index:
        turned = _weights(weights, loaded)
        ranked = scores(comparison.on(when[0], min(known, when[0])), codes, turned)
        made = index_document(ranked, turned, when[0], words)
    elif wanted is None:
        raise RambuError.of("no-topic", "no topic is named", "say --topic carbon-tax, or --index", "--topic")
    else:
        compared = Compared(comparison, words, __version__)
        names = [name for name in loaded.vocabulary.topics if name in wanted]
        if form == "json":
            made = json.dumps(compared.as_json(names, codes, when, known), ensure_ascii=False)
        else:
            made = compared.document(names, codes, when, known)
    give(made, form, out)


def _side_by_side(
    file: Path,
    rules: "Rules",
    wanted: frozenset[str] | None,
    codes: list[str],
    when: tuple[date, date],
    form: Form,
    words: "Wording",
) -> "Document | str":
    """One vehicle or project in many countries; JSON and a picture come as text."""
    from rambu.load import read_profile_from
    from rambu.publish.side import SideBySide, sides

    profile = read_profile_from(file, sys.stdin.buffer, rules.register)
    if form == "svg":
        from rambu.cli.worth import worths
        from rambu.publish.worth_chart import chart

        known = [code for code in codes if code in rules.register.cascades]
        return chart(list(worths(rules, profile, when, known, "", words)), words)
    every = frozenset(name for name, topic in rules.register.vocabulary.topics.items() if topic.group == "ev")
    made = SideBySide(sides(rules, profile, wanted or every, codes, *when), words, __version__)
    if not made.made:
        what = "there is no vehicle and no project in it"
        raise RambuError.of("no-subject", what, "give a vehicle or project", str(file))
    if form == "json":
        return json.dumps(made.as_json(), ensure_ascii=False)
    return made.document()


def _weights(text: str, register: "Register") -> dict[str, Fraction]:
    """Weights of groups; 1 unless said. Raises RambuError."""
    found = {group: Fraction(1) for group in register.vocabulary.groups}
    for part in (part.strip() for part in text.split(",")):
        group, _, number = part.partition("=")
        if not part:
            continue
        if group not in found:
            guess = likely(group, found)
            do = f"did you mean {guess}?" if guess else f"write one of {', '.join(found)}"
            raise RambuError.of("unknown", f"unknown group {group[:40]}", do, "--weights")
        if not WEIGHT.fullmatch(number.strip()):
            raise RambuError.of("number", f"{number[:20]} is no weight", "write disclosure=2", "--weights")
        found[group] = Fraction(number.strip())
    if not any(found.values()):
        raise RambuError.of("number", "every weight is 0", "leave one above 0", "--weights")
    return found
