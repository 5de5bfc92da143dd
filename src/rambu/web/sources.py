"""Numbered sources as plain data."""

from collections.abc import Iterable

from rambu.publish.references import Reference
from rambu.publish.wording import Wording
from rambu.web.view import Plain


def source_list(references: Iterable[Reference], words: Wording) -> list[Plain]:
    """Every source that was cited, by number."""
    return [_source(reference, words) for reference in references]


def _source(reference: Reference, words: Wording) -> Plain:
    source = reference.source
    return {
        "number": reference.number,
        "kind": {"id": source.kind or words.vocabulary.source_kind(source.url) or "other", "text": reference.kind},
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "lang": source.lang,
        "locator": reference.locator or "",
        "accessed": words.written_day(source.accessed),
    }
