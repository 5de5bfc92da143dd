"""`rambu schema`: the JSON Schema of each kind of file, for editors that complete and check."""

import json
from typing import Annotated

import typer

from rambu.cli.edge import RegisterPath, load_register
from rambu.errors import RambuError, likely


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="schema")(schema)


def schema(
    kind: Annotated[
        str, typer.Argument(help="instrument, case, coverage, practice, vocabulary or profile; default: all.")
    ] = "",
    register: RegisterPath = None,
) -> None:
    """JSON Schema of one kind of file, or of all under their names."""
    from rambu.publish import schema as builder

    if kind and kind not in builder.KINDS:
        guess = likely(kind, builder.KINDS)
        raise RambuError.of(
            "unknown",
            f"no kind of file {kind[:40]}",
            f"did you mean {guess}?" if guess else f"write one of {', '.join(builder.KINDS)}",
        )
    loaded = load_register(register)
    made = builder.schema(kind, loaded) if kind else {name: builder.schema(name, loaded) for name in builder.KINDS}
    print(json.dumps(made, ensure_ascii=False, indent=2))
