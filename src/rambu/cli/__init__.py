"""The command line: thin faces over load, check, assess and publish. Exit codes: docs/reference/exit-codes.md."""

from typing import Annotated

import typer

from rambu import __version__
from rambu.cli import ask, assess, cases, check, compare, diff, enter, fmt, look, replay, schema, serve, worth
from rambu.cli.edge import guarded

app = typer.Typer(
    name="rambu", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
for group in (assess, ask, enter, worth, compare, look, check, cases, diff, fmt, schema, serve, replay):
    group.register_commands(app)


@app.callback(invoke_without_command=True)
def rambu(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version of the code.")] = False,
) -> None:
    """What applies to you, there, on that day, and how do you know?"""
    if version:
        print(f"rambu {__version__}")
    elif context.invoked_subcommand is None:
        print(context.get_help())
    else:
        return
    raise typer.Exit


def main() -> None:
    """Run the command that the arguments name and leave with its exit code."""
    guarded(app)
