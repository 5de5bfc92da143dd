"""What is taken along: forms of an answer that are files, and where they are written."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rambu.errors import RambuError

if TYPE_CHECKING:
    from rambu.publish.document.blocks import Document

Out = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of standard output.")]


def documents() -> "dict[str, Callable[[Document], bytes]]":
    """Renderers of documents by the name of their form."""
    from rambu.publish.document.html import html
    from rambu.publish.document.typst import pdf
    from rambu.publish.document.word import docx

    return {"pdf": pdf, "docx": docx, "html": lambda document: html(document).encode()}


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
