"""`rambu check` and `rambu try`: what an analyst runs while writing."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from rambu.cli.edge import INPUT_ERROR, AsOf, KnownOn, Lang, RegisterPath, days, folder, put, report, today, wording
from rambu.errors import Problem, RambuError


def register_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="check")(check)
    app.command(name="try")(try_)


def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Only complaints about these files or folders.")] = None,
    register: RegisterPath = None,
    warnings: Annotated[bool, typer.Option("--warnings", help="Print each warning, not only their number.")] = False,
) -> None:
    """Check the register: shape, references, units, expressions, sources; warn of what is old or weakly sourced."""
    from rambu.check import Checker
    from rambu.load import FolderReader

    reader = FolderReader(folder(register))
    loaded = reader.read(partial=True)
    problems = sorted({*reader.problems, *Checker(loaded, today=today()).run()})
    if files:
        wanted = [file.resolve() for file in files]
        problems = [problem for problem in problems if _within(Path(problem.file).resolve(), wanted)]
    errors = [problem for problem in problems if problem.severity == "error"]
    warned = [problem for problem in problems if problem.severity == "warning"]
    report(problems if warnings or files else errors)
    print(_summary(errors, warned, told=warnings or bool(files)))
    if errors:
        raise typer.Exit(INPUT_ERROR)


def _summary(errors: list[Problem], warned: list[Problem], told: bool) -> str:
    if not errors and not warned:
        return "no problem found"
    codes = Counter(problem.code for problem in warned)
    parts = ", ".join(f"{number} {code}" for code, number in sorted(codes.items()))
    detail = f" ({parts}{'' if told else '; --warnings prints them'})" if parts else ""
    return f"{len(errors)} errors, {len(warned)} warnings{detail}"


def _within(file: Path, wanted: list[Path]) -> bool:
    return any(file == path or path in file.parents for path in wanted)


def try_(
    file: Annotated[Path, typer.Argument(help="An instrument's YAML file.")],
    profile: Annotated[Path, typer.Argument(help="A profile's YAML file.")],
    as_of: AsOf = "",
    known_on: KnownOn = "",
    lang: Lang = "en",
    register: RegisterPath = None,
) -> None:
    """Verdict of one file's provisions for a profile, the reasons, and the path taken through each tree."""
    from rambu.load import read_profile_file
    from rambu.nearby import NearReader
    from rambu.publish.trial import trial_lines
    from rambu.trial import trial

    asked, known = days(as_of, known_on)
    reader = NearReader(folder(register))
    loaded, (home, *_) = reader.read_near([file])
    if home not in loaded.instruments:
        raise RambuError(sorted(reader.problems))
    report(sorted(reader.problems))
    made = read_profile_file(profile, loaded, home)
    put(trial_lines(trial(loaded, home, made, asked, known), wording(loaded, lang)))
