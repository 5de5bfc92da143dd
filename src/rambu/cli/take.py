"""What is taken along: forms of an answer that are files, and where they are written."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from rambu.cli.edge import put
from rambu.errors import RambuError

if TYPE_CHECKING:
    from rambu.publish.document.blocks import Document
    from rambu.publish.layout import Line

Form = TypeVar("Form", bound=str)
TEXT_WIDTH = 100  # columns of a text file
Out = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of standard output.")]


def documents() -> "dict[str, Callable[[Document], bytes]]":
    """Renderers of documents by the name of their form."""
    from rambu.publish.document.html import html
    from rambu.publish.document.typst import pdf
    from rambu.publish.document.word import docx

    return {"pdf": pdf, "docx": docx, "html": lambda document: html(document).encode()}


def form_of(form: Form, out: Path | None, forms: tuple[Form, ...]) -> Form:
    """The form that was asked for; where a file is named and no form, the one of its ending if there is such a form."""
    ending = out.suffix.removeprefix(".").lower() if out is not None else ""
    return next((one for one in forms if one == ending), form) if form == "table" else form


def give(made: "Document | str | tuple[Line, ...]", form: str, out: Path | None) -> None:
    """Print a document, lines, or a text that is made already, or write it to a file. Raises RambuError."""
    from rambu.publish.document.lines import lines

    if isinstance(made, str):
        taken(f"{made}\n".encode(), out)
    elif isinstance(made, tuple):
        _laid(made, out)
    elif form == "table":
        _laid(tuple(lines(made)), out)
    else:
        taken(documents()[form](made), out)


def _laid(told: "tuple[Line, ...]", out: Path | None) -> None:
    from rambu.publish.layout import laid_out

    if out is None:
        put(told)
    else:
        taken(laid_out(told, TEXT_WIDTH, colour=False).encode(), out)


def taken(content: bytes, out: Path | None) -> None:
    """Write a file, or to standard output; a terminal gets no binary. Raises RambuError."""
    if out is not None:
        try:
            out.write_bytes(content)
        except OSError as error:
            what = f"cannot be written ({error.strerror})"
            raise RambuError.of("unwritable", what, "name another place with --out", str(out)) from None
        print(f"{out}: {len(content):,} bytes", file=sys.stderr)
        return
    if sys.stdout.isatty() and b"\0" in content[:4096]:
        raise RambuError.of("binary", "this form is no text for a terminal", "name a file with --out")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
