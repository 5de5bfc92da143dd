"""The edge that every command shares: arguments -> days, countries and registers; the clock; errors and exit codes."""

import gc
import os
import shutil
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO, cast

import typer

from rambu.errors import Problem, RambuError, likely
from rambu.model.base import DAY

if TYPE_CHECKING:
    from rich.console import Console

    from rambu.publish.layout import Line
    from rambu.publish.wording import Wording
    from rambu.register import Register

USAGE: type[typer.BadParameter] = typer.BadParameter.__mro__[2]  # the ancestor of every complaint about arguments
ANSWERED, DIFFERENT, INPUT_ERROR, FAULT, INTERRUPTED = 0, 1, 2, 3, 130
LANGUAGES = ("en", "ko")
PIPE_WIDTH = 100  # characters
FIRST_YEAR, LAST_YEAR = 1900, 2200

AsOf = Annotated[str, typer.Option(help="The day asked about, YYYY-MM-DD. Default: today.", metavar="DAY")]
KnownOn = Annotated[
    str,
    typer.Option(help="Announcements count up to this day. Default: the earlier of --as-of and today.", metavar="DAY"),
]
Within = Annotated[
    str, typer.Option("--in", help="Countries, such as VNM,KOR. Default: where the profile is.", metavar="CODES")
]
About = Annotated[
    str, typer.Option("--topic", help="Topics or groups, such as carbon-tax,energy. Default: all.", metavar="TOPICS")
]
Lang = Annotated[str, typer.Option(help="Language of the answer: en or ko.", envvar="RAMBU_LANG", metavar="LANG")]
RegisterPath = Annotated[
    Path | None,
    typer.Option("--register", help="A register folder, or a compiled register. Default: the one that came along."),
]


class ClosedOutputError(Exception):
    """Whoever read our output has gone away, as `| head` does; no OSError, which the framework takes for its own."""


class Output:
    """Standard output that says when nobody listens any more; nothing at all where there is none."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write on."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            raise ClosedOutputError from None

    def flush(self) -> None:
        """Send what is waiting."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            raise ClosedOutputError from None


def guarded(app: typer.Typer) -> NoReturn:
    """Run a command; whatever goes wrong becomes a message on stderr and an exit code, never a traceback."""
    sys.stdin, sys.stdout = sys.stdin or _nowhere("r"), cast(TextIO, Output(sys.stdout or _nowhere("w")))
    gc.disable()  # a command is over before collecting would pay
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except RambuError as error:
        code = report(error.problems)
    except USAGE as error:
        code = report([Problem("rambu", 0, 0, "usage", error.format_message().rstrip("."), "see rambu --help")])
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except ClosedOutputError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes at exit
        code = ANSWERED
    except Exception as error:
        code = _unforeseen(error)
    sys.exit(code if isinstance(code, int) else ANSWERED)


def _nowhere(mode: str) -> TextIO:
    """Where a closed standard stream leads."""
    return cast(TextIO, Path(os.devnull).open(mode, encoding="utf-8"))


def _unforeseen(error: Exception) -> int:
    """A rule that cannot be compiled is the register's error, everything else a fault of ours."""
    if os.environ.get("RAMBU_TRACEBACK"):
        raise error
    if type(error).__name__ == "ExpressionError":
        return report([Problem("register", 0, 0, "expression", str(error), "run rambu check, which says where")])
    what = f"a fault in rambu itself ({type(error).__name__}: {error})"
    report([Problem("rambu", 0, 0, "fault", what, "run it with RAMBU_TRACEBACK=1 and report what it prints")])
    return FAULT


def report(problems: Iterable[Problem]) -> int:
    """Print problems to stderr, one a line, by file and place."""
    for problem in problems:
        print(problem, file=sys.stderr)
    return INPUT_ERROR


def today() -> date:
    """The one place where the clock is read."""
    return date.today()


def day(text: str, option: str) -> date | None:
    """The day that an option names; None when it is not given. Raises RambuError."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if DAY.match(text) else None
    except ValueError:
        found = None
    if found is None:
        raise RambuError.of("date", f"{text[:60]} is no day that exists", "write a day as 2025-12-31", option)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        what = f"{text} is no day between {FIRST_YEAR} and {LAST_YEAR}"
        raise RambuError.of("date", what, "write a day as 2025-12-31", option)
    return found


def days(as_of: str, known_on: str) -> tuple[date, date]:
    """The day asked about and the day up to which announcements count. Raises RambuError."""
    asked = day(as_of, "--as-of") or today()
    return asked, day(known_on, "--known-on") or min(asked, today())


def countries(text: str, register: "Register") -> list[str] | None:
    """Codes given to --in, in any case, of two letters or three, or names. Raises RambuError."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    return [_country(word, register) for word in words] or None


def _country(text: str, register: "Register") -> str:
    spellings: dict[str, str] = {}
    for code, place in register.vocabulary.jurisdictions.items():
        for spelling in (code, place.iso2 or code, *place.label.values()):
            spellings[spelling.casefold()] = code
    if text.casefold() in spellings:
        return spellings[text.casefold()]
    guess = likely(text, spellings)
    do = (
        f"did you mean {spellings[guess]}?" if guess else f"write one of {', '.join(register.vocabulary.jurisdictions)}"
    )
    raise RambuError.of("unknown", f"unknown country {text[:60]}", do, "--in")


def topics(text: str, register: "Register") -> frozenset[str] | None:
    """Topics given to --topic, groups taken apart. Raises RambuError."""
    known, groups = register.vocabulary.topics, register.vocabulary.groups
    found: set[str] = set()
    for word in (part.strip() for part in text.split(",")):
        if word in groups:
            found |= {name for name, topic in known.items() if topic.group == word}
        elif word in known:
            found.add(word)
        elif word:
            guess = likely(word, [*known, *groups])
            do = f"did you mean {guess}?" if guess else "see docs/reference/topics.md, or rambu coverage"
            raise RambuError.of("unknown", f"unknown topic {word[:60]}", do, "--topic")
    return frozenset(found) or None


def load_register(path: Path | None) -> "Register":
    """The register of a folder or compiled file, or the one that came along. Raises RambuError."""
    from rambu.load import load_from

    return load_from(path)


def folder(path: Path | None) -> Path:
    """The register folder that commands for writers work on. Raises RambuError."""
    from rambu.load import repository_register

    found = path or repository_register() or Path("register")
    if not (found / "vocabulary").is_dir():
        raise RambuError.of(
            "no-register", "there is no folder vocabulary/ in it", "name the folder with --register", str(found)
        )
    return found


def wording(register: "Register", lang: str) -> "Wording":
    """How an answer is worded in a language. Raises RambuError."""
    from rambu.locale import catalogue
    from rambu.publish.wording import Wording

    if lang not in LANGUAGES:
        raise RambuError.of("unknown", f"no language {lang[:20]}", f"write one of {', '.join(LANGUAGES)}", "--lang")
    return Wording(register, lang, catalogue(lang))


def colour() -> bool:
    """Only on a terminal, and not where NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def width() -> int:
    """Columns of the terminal; a pipe gets lines of 100."""
    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns


def put(lines: "Iterable[Line]") -> None:
    """Print lines in the width and, if it has any, the colours of the terminal."""
    from rambu.publish.layout import laid_out

    print(laid_out(lines, width(), colour()), end="")


def console() -> "Console":
    """The terminal for grids."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, width=width(), no_color=not colour())
