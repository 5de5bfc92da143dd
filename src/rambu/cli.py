"""The command line: a thin face over load, check, assess and publish."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rambu.errors import Problem, RambuError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
INPUT_ERROR = 2


def main() -> None:
    """Run the command; an error of input prints its problems and exits with 2."""
    try:
        app()
    except RambuError as error:
        report(error.problems)
        sys.exit(INPUT_ERROR)


def report(problems: tuple[Problem, ...] | list[Problem]) -> None:
    """Print problems, one a line."""
    for problem in problems:
        print(problem, file=sys.stderr)


@app.command()
def check(files: Annotated[list[Path] | None, typer.Argument(help="only complaints about these files")] = None) -> None:
    """Check the register: shape, references, units, expressions, sources. Exit code 2 if anything is wrong."""
    from rambu.check import Checker
    from rambu.load import FolderReader, repository_register

    reader = FolderReader(repository_register() or Path("register"))
    loaded = reader.read(partial=True)
    problems = sorted({*reader.problems, *Checker(loaded).run()})
    if files:
        wanted = {str(file.resolve()) for file in files}
        problems = [problem for problem in problems if str(Path(problem.file).resolve()) in wanted]
    report(problems)
    errors = [problem for problem in problems if problem.severity == "error"]
    print(f"{len(errors)} problems" if errors else "no problem found")
    if errors:
        raise typer.Exit(INPUT_ERROR)


@app.command(name="try")
def try_(
    file: Annotated[Path, typer.Argument(help="an instrument's YAML file")],
    profile: Annotated[Path, typer.Argument(help="a profile's YAML file")],
    as_of: Annotated[str, typer.Option(help="the day asked about")] = "",
) -> None:
    """Verdict, phase and values of one file's provisions for a profile."""
    from datetime import date

    from rambu.assess import assess
    from rambu.load import load_folder, read_profile_file, repository_register
    from rambu.rules import Rules

    register = load_folder(repository_register() or Path("register")).register
    day = date.fromisoformat(as_of) if as_of else date.today()
    made = read_profile_file(profile, register)
    home = f"{file.parent.name}/{file.stem}"
    found = assess(Rules(register), made, day, min(day, date.today()), [register.instruments[home].jurisdiction])
    for finding in found.findings:
        if finding.address.file == home:
            print(finding.subject, finding.address.name, finding.verdict, finding.phase, sorted(finding.missing))
            for answer in finding.answers:
                print("   ", answer.name, answer.span, answer.value.unit)


if __name__ == "__main__":
    main()
