"""`rambu fmt`: files of the register in their canonical form."""

from pathlib import Path
from typing import Annotated

import typer

from rambu.cli.edge import DIFFERENT, RegisterPath, folder, report
from rambu.errors import Problem, RambuError


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="fmt")(fmt)


def fmt(
    files: Annotated[list[Path] | None, typer.Argument(help="Files or folders; default: the whole register.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; name the files that would change.")] = False,
    register: RegisterPath = None,
) -> None:
    """Keys in the guide's order, conditions in block style, digits grouped; comments and meaning stay."""
    problems: list[Problem] = []
    changed = [path for path in _paths(files or [folder(register)]) if _format(path, check, problems)]
    for path in changed:
        print(f"would change {path}" if check else f"changed {path}")
    if problems:
        raise typer.Exit(report(problems))
    if check and changed:
        raise typer.Exit(DIFFERENT)


def _paths(files: list[Path]) -> list[Path]:
    return [inner for path in files for inner in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]


def _format(path: Path, check: bool, problems: list[Problem]) -> bool:
    """Whether the file differs from its canonical form."""
    from rambu.fmt import formatted
    from rambu.strict_yaml import read_file

    try:
        read_file(path)
        before = path.read_text("utf-8")
        after = formatted(before, str(path))
    except RambuError as error:
        problems.extend(error.problems)
        return False
    if after != before and not check:
        path.write_text(after, "utf-8")
    return after != before
