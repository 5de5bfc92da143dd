"""A complaint with its place in a file."""

from rambu.errors import Problem
from rambu.strict_yaml import Document


def place(document: Document, path: tuple[str | int, ...], code: str, what: str, do: str) -> Problem:
    """A problem at the nearest known place of a path."""
    return Problem(document.file, *document.at(path), code, what, do)
