"""Interface words by language: gettext catalogues, with English as the msgid.

After a change of words: `pybabel extract -F tools/babel.cfg -k say -k many:1,2 -k mark -k pair:1,2 -o /tmp/rambu.pot
src/rambu`, then `pybabel update -D rambu -i /tmp/rambu.pot -d src/rambu/locale --ignore-obsolete`, and translate.
A test finds what is missing.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO

DOMAIN = "rambu"


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of a language: compiled, or compiled here and now where only its text is there."""
    folder = resources.files("rambu.locale").joinpath(language, "LC_MESSAGES")
    compiled, text = folder.joinpath(f"{DOMAIN}.mo"), folder.joinpath(f"{DOMAIN}.po")
    if compiled.is_file():
        return GNUTranslations(BytesIO(compiled.read_bytes()))
    return GNUTranslations(BytesIO(compile_catalogue(text.read_bytes()))) if text.is_file() else NullTranslations()


def compile_catalogue(text: bytes) -> bytes:
    """A .po file as a .mo file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = BytesIO()
    write_mo(made, read_po(BytesIO(text)))
    return made.getvalue()
