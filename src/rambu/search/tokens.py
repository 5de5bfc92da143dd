"""Text -> tokens: words in small letters without marks, and bigrams where words are not set apart by spaces."""

import re
import unicodedata
from collections.abc import Iterator

WORD = re.compile(r"\w+")
NO_SPACES = re.compile(
    "[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
SHORTEST_PLURAL = 4  # letters
LONGEST = 40  # characters of a token


def tokens(text: str) -> list[str]:
    """Tokens in the order of the text, each word whole and, in scripts without spaces, in pairs of graphemes."""
    found: list[str] = []
    for word in words(text):
        found.append(word)
        if NO_SPACES.search(word):
            found.extend(_pairs(word))
    return found


def words(text: str) -> list[str]:
    """Whole words, in their plain form."""
    return [plain(word) for word in _split(unicodedata.normalize("NFC", text).lower())]


def _split(text: str) -> Iterator[str]:
    """At spaces and signs, and where a script without spaces meets another; a mark stays with its letter."""
    run, outside = "", None
    for letter in text:
        mark = unicodedata.category(letter)[0] == "M"
        if not (mark or WORD.match(letter)):
            yield from [run] if run else []
            run, outside = "", None
            continue
        here = outside if mark and outside is not None else bool(NO_SPACES.match(letter))
        if outside is not None and here != outside:
            yield run
            run = ""
        run, outside = run + letter, here
    yield from [run] if run else []


def plain(word: str) -> str:
    """Latin letters without their marks, English plurals as the singular."""
    if NO_SPACES.search(word):
        return word[:LONGEST]
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if unicodedata.category(letter) != "Mn")
    bare = bare.replace("đ", "d")
    if bare.isascii() and len(bare) >= SHORTEST_PLURAL and bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        bare = bare[:-3] + "y" if bare.endswith("ies") else bare[:-1]
    return bare[:LONGEST]


def graphemes(word: str) -> list[str]:
    """Letters with the marks above and below them."""
    found: list[str] = []
    for letter in word:
        if found and unicodedata.category(letter)[0] == "M":
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _pairs(word: str) -> list[str]:
    parts = graphemes(word)
    return ["".join(parts[place : place + 2]) for place in range(len(parts) - 1)]
