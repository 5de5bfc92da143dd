"""`rambu replay`: an audit file answered again, and what differs."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rambu import __version__
from rambu.cli.edge import DIFFERENT, RegisterPath, countries, load_register, wording
from rambu.errors import RambuError

if TYPE_CHECKING:
    from rambu.register import Register


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="replay")(replay)


def replay(
    file: Annotated[Path, typer.Argument(help="An audit file that rambu assess --record wrote.")],
    register: RegisterPath = None,
    registers: Annotated[
        Path | None, typer.Option(help="A folder of released registers (VERSION.json) to look for the one it names.")
    ] = None,
) -> None:
    """Answer an audit file again with the register that it names; say which part differs, or that none does."""
    from rambu.load import register_digest
    from rambu.publish.record import Asking, differences, record
    from rambu.rules import Rules

    then = _read(file)
    loaded = _register(then, register, registers)
    asked = then["asked"]
    within = None if asked["in"] is None else tuple(countries(",".join(asked["in"]), loaded) or ())
    days = date.fromisoformat(asked["as_of"]), date.fromisoformat(asked["known_on"])
    names = asked.get("topics")
    asking = Asking(then["profile"], *days, within, None if names is None else tuple(names))
    now = record(Rules(loaded), asking, wording(loaded, asked["language"]), __version__, register_digest(loaded))
    different = differences(then, json.loads(json.dumps(now)))
    for line in different:
        print(line)
    print("the same answer" if not different else f"differences: {len(different)}")
    if different:
        raise typer.Exit(DIFFERENT)


def _read(file: Path) -> dict[str, Any]:
    """An audit file of ours. Raises RambuError."""
    from pydantic import ValidationError

    from rambu.publish.record import Recorded

    try:
        found = json.loads(file.read_text("utf-8"))
        Recorded.model_validate(found)
    except (OSError, ValueError, ValidationError, RecursionError):
        raise RambuError.of("record", "this is no audit file", "give one that --record wrote", str(file)) from None
    assert isinstance(found, dict)
    return found


def _register(then: dict[str, Any], register: Path | None, registers: Path | None) -> "Register":
    """The register named; else the released one of that version; else the one at hand."""
    released = None if registers is None else registers / f"{then['versions']['register']}.json"
    if register is None and released is not None:
        if not released.is_file():
            what = f"there is no released register {then['versions']['register']} in that folder"
            raise RambuError.of("no-register", what, f"put it there as {released.name}", str(registers))
        return load_register(released)
    return load_register(register)
