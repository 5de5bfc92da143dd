"""`rambu show`, `table`, `facts` and `coverage`: looking things up."""

from typing import TYPE_CHECKING, Annotated

import typer

from rambu.cli.edge import AsOf, Lang, RegisterPath, console, countries, days, load_register, put, wording
from rambu.errors import RambuError, likely

if TYPE_CHECKING:
    from rambu.register import Register

Identity = Annotated[
    str, typer.Argument(metavar="ID", help="sgp/carbon-pricing-act, or sgp/carbon-pricing-act.carbon_tax.")
]


def register_commands(app: typer.Typer) -> None:
    """Add the commands."""
    for name, command in (
        ("show", show),
        ("table", table),
        ("facts", facts),
        ("coverage", coverage),
        ("members", members),
    ):
        app.command(name=name)(command)


def show(identity: Identity, lang: Lang = "en", register: RegisterPath = None) -> None:
    """An instrument or provision: titles, summary, values over time, history, sources, cases, practices."""
    from rambu.publish.show import instrument_lines

    loaded = load_register(register)
    words = wording(loaded, lang)
    file, name, _ = _found(identity, loaded)
    put(instrument_lines(loaded.instrument(file), name, loaded, words))


def table(identity: Identity, lang: Lang = "en", register: RegisterPath = None) -> None:
    """The value trees of a provision as grids, with their edges as questions to confirm from the source."""
    from rambu.publish.tree_table import print_trees

    loaded = load_register(register)
    words = wording(loaded, lang)
    file, name, value = _found(identity, loaded)
    provisions = loaded.instrument(file).provisions
    screen = console()
    for key in [name] if name else provisions:
        screen.print(f"\n{file}.{key}", style="bold")
        print_trees(provisions[key], value, words, screen)


def _found(identity: str, register: "Register") -> tuple[str, str, str]:
    """Instrument, provision and value that an id names. Raises RambuError with the likely id."""
    file, _, rest = identity.partition(".")
    name, _, value = rest.partition(".")
    if file not in register.instruments and file not in register.aliases:
        raise _unknown("instrument", file, [*register.instruments, *register.aliases], "see rambu coverage")
    provisions = register.instrument(file).provisions
    if name and name not in provisions:
        raise _unknown("provision", name, list(provisions), f"write one of {', '.join(provisions)}")
    known = [*provisions[name].values, "from", "until"] if name else []
    if value and value not in known:
        raise _unknown("value", value, known, f"write one of {', '.join(known)}")
    return register.instrument(file).id, name, value


def _unknown(what: str, word: str, known: list[str], otherwise: str) -> RambuError:
    guess = likely(word, known)
    return RambuError.of("unknown", f"unknown {what} {word[:80]}", f"did you mean {guess}?" if guess else otherwise)


def facts(
    word: Annotated[str, typer.Argument(help="Only facts in which it occurs.")] = "",
    lang: Lang = "en",
    register: RegisterPath = None,
) -> None:
    """The facts that a profile may give: definition, unit, question, categories."""
    from rambu.publish.vocabulary import fact_lines

    loaded = load_register(register)
    lines = list(fact_lines(word, wording(loaded, lang)))
    if not lines:
        raise _unknown("fact", word, list(loaded.vocabulary.facts), "see rambu facts")
    put(lines)


def coverage(
    country: Annotated[str, typer.Argument(help="A country, for its topics in detail.")] = "",
    lang: Lang = "en",
    register: RegisterPath = None,
) -> None:
    """What was searched and found: countries and topics as a board, or one country in detail."""
    from rambu.publish import board

    loaded = load_register(register)
    words = wording(loaded, lang)
    codes = countries(country, loaded)
    if codes is None:
        board.print_board(words, console())
    for code in codes or []:
        board.print_country(code, words, console())


def members(
    body: Annotated[str, typer.Argument(help="ASEAN, AKC, AKFTA or RCEP. Default: every body.")] = "",
    as_of: AsOf = "",
    lang: Lang = "en",
    register: RegisterPath = None,
) -> None:
    """Who belongs to a body on a day; apart, those whose day of entry is only known as a range."""
    from rambu.publish.layout import line

    loaded = load_register(register)
    words, day = wording(loaded, lang), days(as_of, "")[0]
    if body and body.upper() not in loaded.bodies:
        raise _unknown("body", body, list(loaded.bodies), f"write one of {', '.join(loaded.bodies)}")
    for name in [body.upper()] if body else loaded.bodies:
        sure, perhaps = loaded.members(name, day), loaded.perhaps_members(name, day)
        count = words.many("{number} member", "{number} members", len(sure))
        put([line(0, f"{name}: {count} · {words.day(day)}", "head")])
        put(line(2, words.country(code)) for code in sure)
        put(line(2, words.say("perhaps: {names}", names=words.country(code)), "open") for code in perhaps)
