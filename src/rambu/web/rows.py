"""A provision on a day as plain data: title, kind, phase, figures."""

from collections.abc import Iterator

from rambu.compare import BINDING, Row
from rambu.expressions.span import Span
from rambu.model.instrument import Provision
from rambu.publish.wording import Wording
from rambu.publish.words import CONFIDENCE, FORCES, KINDS, PHASES, mark
from rambu.register import Address
from rambu.web.view import Asked, Plain, said_day


def address_of(asked: Asked, address: Address) -> str:
    """Where a provision has its page."""
    return asked.at(f"rules/{address.file}/{address.name}")


def row(found: Row, asked: Asked) -> Plain:
    """One provision on a day."""
    provision, words = found.provision, asked.words
    return {
        "id": str(found.address),
        "address": address_of(asked, found.address),
        "title": words.of(provision.title),
        "summary": words.of(provision.summary),
        "country": found.jurisdiction,
        "kind": {"id": provision.kind, "text": words.say(KINDS[provision.kind])},
        "force": {"id": provision.force, "text": force(provision, words)},
        "phase": {"id": found.phase, "text": words.say(PHASES[found.phase])},
        "confidence": {"id": provision.confidence, "text": words.say(CONFIDENCE[provision.confidence])},
        "dates": dates(found, words),
        "figures": list(figures(provision, found.values, words)),
        "next_change": said_day(found.next_change, words) if found.next_change else None,
    }


def force(provision: Provision, words: Wording) -> str:
    """How binding it is; an incentive that is not voluntary needs no word for that."""
    plain = provision.force == "mandatory" and provision.kind not in BINDING
    return "" if plain else words.say(FORCES[provision.force])


def dates(found: Row, words: Wording) -> list[str]:
    """From when and until when, as far as they say something."""
    texts = []
    if found.start.point and found.start.low is not None:
        texts.append(words.say("from {day}", day=words.span(found.start, "date")))
    elif (found.start.low, found.start.high) != (None, None):
        word = mark("began {day}") if found.phase in ("in_force", "ended") else mark("begins {day}")
        texts.append(words.say(word, day=words.span(found.start, "date")))
    if found.end.exists is not False and (found.end.low, found.end.high) != (None, None):
        texts.append(words.say("until {day}", day=words.span(found.end, "date")))
    return texts


def figures(provision: Provision, spans: dict[str, Span], words: Wording) -> Iterator[Plain]:
    """The values that are answers; `_low` and `_high` as one."""
    measures = words.vocabulary.measures
    for name, value in provision.values.items():
        stem, _, tail = name.rpartition("_")
        paired = tail in ("low", "high") and {f"{stem}_low", f"{stem}_high"} <= provision.values.keys()
        if (paired and tail == "high") or (name not in measures and stem not in measures and name != "due"):
            continue
        text = spoken(provision, name, spans[name], words)
        if paired:
            high = spoken(provision, f"{stem}_high", spans[f"{stem}_high"], words)
            text = text if text == high else words.say("{low} to {high}", low=text, high=high)
        measure = stem if paired else name
        yield {"measure": measure, "label": words.measure(measure), "text": text, "unit": value.unit}


def spoken(provision: Provision, name: str, span: Span, words: Wording) -> str:
    """A value for somebody of whom nothing is known."""
    value = provision.values[name]
    open_word = (
        words.say("depends on the case") if value.node is not None else words.say("only the subject can state it")
    )
    return words.span(span, value.unit, value.sense, open_word if value.node != ".." else "")
