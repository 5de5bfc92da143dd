"""`rambu diff`: what a change to the register does to the answers."""

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from rambu.cli.edge import DIFFERENT, AsOf, days, load_register
from rambu.errors import RambuError

if TYPE_CHECKING:
    from rambu.model.case import CaseFile
    from rambu.register import Register

State = Annotated[str, typer.Argument(help="A git revision, a register folder, or a compiled register.")]


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="diff")(diff)


def diff(
    before: State,
    after: State,
    examples: Annotated[Path, typer.Option(help="Folder of profiles to ask about.")] = Path("examples"),
    as_of: AsOf = "",
) -> None:
    """How the answers to examples and cases differ between two states of the register."""
    from rambu.differences import answers, differences

    day, _ = days(as_of, "")
    profiles = dict(_profiles(examples))
    with _register(before) as old, _register(after) as new:
        cases: dict[str, CaseFile] = {file.instrument: file for state in (old, new) for file in state.cases}
        found = list(differences(answers(old, profiles, cases, day), answers(new, profiles, cases, day)))
    for one in found:
        print(one.answer)
        print(f"  - {one.before or '(no such answer)'}")
        print(f"  + {one.after or '(no such answer)'}")
    print(f"{len(found)} answers differ")
    if found:
        raise typer.Exit(DIFFERENT)


def _profiles(folder: Path) -> Iterator[tuple[str, object]]:
    from rambu.strict_yaml import read_file

    for path in sorted(folder.glob("*.yaml")):
        yield path.stem, read_file(path).data


@contextmanager
def _register(state: str) -> "Iterator[Register]":
    """The register in one of its states. Raises RambuError."""
    path = Path(state)
    if path.exists():
        yield load_register(path)
        return
    with TemporaryDirectory() as folder:
        _unpack(state, folder)
        yield load_register(Path(folder) / "register")


def _unpack(revision: str, folder: str) -> None:
    if revision.startswith("-"):
        raise RambuError.of("revision", f"{revision} is no revision", "name a revision, folder or file")
    done = subprocess.run(["git", "archive", "--format=tar", revision, "register"], capture_output=True, check=False)
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        what = f"{revision} is no folder, file or revision with a register ({reason[-1] if reason else 'git failed'})"
        raise RambuError.of("revision", what, "name a revision, folder or file")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
