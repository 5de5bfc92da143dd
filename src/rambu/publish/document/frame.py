"""What every document has alike: the stamp of days and versions, the chapter of sources, contents, and the notice."""

from collections.abc import Iterable
from datetime import date

from rambu.publish.document.blocks import Block, Document, Heading, Sources
from rambu.publish.references import References
from rambu.publish.wording import Wording
from rambu.publish.words import mark

NOTICE = mark("This is information with its sources, not legal advice.")


def framed(
    wording: Wording,
    title: str,
    subtitle: str,
    stamp: Iterable[str],
    blocks: Iterable[Block],
    references: References | None = None,
    notice: str = NOTICE,
) -> Document:
    """A document of these blocks, closed by the sources that they cite. Read `blocks` before `references`."""
    body = tuple(blocks)
    cited = references.all() if references is not None else ()
    sources = (Heading(1, wording.say("Sources")), Sources(cited)) if cited else ()
    return Document(
        title=title,
        subtitle=subtitle,
        stamp=tuple(stamp),
        language=wording.language,
        blocks=(*body, *sources),
        notice=wording.say(notice),
        contents=wording.say("Contents"),
    )


def stamped(wording: Wording, as_of: date, known_on: date, register: str, version: str) -> tuple[str, str, str]:
    """The day asked, the day of knowledge, and the versions of register and programme."""
    return (
        wording.say("As of {day}", day=wording.day(as_of)),
        wording.say("As known on {day}", day=wording.day(known_on)),
        versions(wording, register, version),
    )


def versions(wording: Wording, register: str, version: str) -> str:
    """The versions of register and programme in one line."""
    return wording.say("Register {register} · Rambu {version}", register=register, version=version)
