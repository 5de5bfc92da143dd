"""`rambu cases`: worked examples against what their sources say."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rambu.cli.edge import DIFFERENT, RegisterPath, folder, report
from rambu.errors import RambuError

if TYPE_CHECKING:
    from rambu.cases import Tried


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="cases")(cases)


def cases(
    files: Annotated[list[Path] | None, typer.Argument(help="Case files; default: all of the register.")] = None,
    register: RegisterPath = None,
) -> None:
    """Run the cases; print each point in which an answer differs from its source."""
    root = folder(register)
    tried = [*_tried(root, files), *([] if files else _worked(root))]
    failed = [one for one in tried if one.mismatches]
    for one in failed:
        print(f"{one.instrument}: {one.case}")
        for found in one.mismatches:
            print(f"    {found.provision}: {found.what}: the case says {found.expected}, the answer is {found.found}")
    print(f"{len(tried)} cases, {len(failed)} differ")
    if failed:
        raise typer.Exit(DIFFERENT)


def _worked(root: Path) -> Iterator["Tried"]:
    """The cascades of vehicle taxes that somebody reckoned by hand."""
    from rambu.load import FolderReader
    from rambu.rules import Rules
    from rambu.worked import run_worked

    loaded = FolderReader(root).read(partial=True).register
    rules = Rules(loaded)
    for cascade in loaded.cascades.values():
        yield from run_worked(rules, cascade)


def _tried(root: Path, files: list[Path] | None) -> Iterator["Tried"]:
    from rambu.cases import run_cases
    from rambu.nearby import NearReader
    from rambu.rules import Rules

    reader = NearReader(root)
    loaded, _ = reader.read_near(files or [root / "cases"])
    report(sorted(reader.problems))
    rules = Rules(loaded)
    for file in loaded.cases:
        if file.instrument not in loaded.instruments:
            raise RambuError.of(
                "reference",
                f"no instrument {file.instrument}",
                "name the file that the cases are about",
                file.instrument,
            )
        yield from run_cases(rules, file)
