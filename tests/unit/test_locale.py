"""Every interface word has a Korean translation, and every translation a word."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import rambu
from rambu.locale import catalogue

SOURCE = Path(rambu.__file__).parent
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
WORDS = {"say": None, "many": (1, 2), "mark": None, "pair": (1, 2)}


def words() -> set[str | tuple[str, ...]]:
    """Every word that the code and the templates mark for translation."""
    found = extract_from_dir(SOURCE, method_map=METHODS, keywords=WORDS)
    return {tuple(text) if isinstance(text, list | tuple) else text for _, _, text, _, _ in found}


def messages() -> Iterator[Message]:
    """Every entry of the Korean catalogue."""
    with (SOURCE / "locale" / "ko" / "LC_MESSAGES" / "rambu.po").open("rb") as stream:
        yield from (message for message in read_po(stream) if message.id)


def key(message: Message) -> str | tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else str(message.id)


def texts(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [str(message.string)]


def test_no_word_is_missing_and_none_is_left_over() -> None:
    translated = {key(message) for message in messages() if all(texts(message)) and not message.fuzzy}
    assert words() - translated == set()
    assert translated - words() == set()


@pytest.mark.parametrize("message", list(messages()), ids=lambda message: str(message.id)[:40])
def test_a_translation_names_the_same_details(message: Message) -> None:
    def details(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    first = key(message) if isinstance(key(message), str) else key(message)[-1]
    assert all(details(text) == details(str(first)) for text in texts(message))


def test_a_language_without_a_catalogue_keeps_the_english_words() -> None:
    assert catalogue("xx").gettext("none") == "none"
