"""One instrument: titles, summary, provisions, history, sources."""

from rambu.age import age
from rambu.model.instrument import Instrument
from rambu.publish.references import References
from rambu.publish.words import EVENTS, INSTRUMENTS
from rambu.register import Address
from rambu.web.rows import row
from rambu.web.site import Site
from rambu.web.sources import source_list
from rambu.web.view import Asked, Elsewhere, NotFoundError, Plain, Shown
from rambu.web.when import stamp, when

ADOPTING = ("adopted", "promulgated", "in_force")


def view(site: Site, asked: Asked) -> Shown | Elsewhere:
    """An instrument on a day; a former id leads to the present one. Raises NotFoundError, RambuError."""
    instrument, moved = found(site, asked)
    if moved:
        return Elsewhere(asked.at(f"rules/{instrument.id}"))
    as_of, known_on = when(site, asked)
    references = References(asked.words)
    rows = [site.days.row(Address(instrument.id, name), as_of, known_on) for name in instrument.provisions]
    return Shown(
        "instrument.html",
        {
            **head(instrument, asked),
            "stamp": stamp(site, asked, as_of, known_on),
            "provisions": [
                {**row(one, asked), "reference": references.of_provision(site.register, one.address)} for one in rows
            ],
            "history": history(instrument, asked, references),
            "doubts": doubts(site, asked, instrument),
            "sources": source_list(references.all(), asked.words),
        },
    )


def found(site: Site, asked: Asked) -> tuple[Instrument, bool]:
    """The instrument of an address, and whether it has moved. Raises NotFoundError."""
    identity = f"{asked.parts['country']}/{asked.parts['file']}"
    try:
        instrument = site.register.instrument(identity)
    except KeyError:
        raise NotFoundError from None
    return instrument, instrument.id != identity


def head(instrument: Instrument, asked: Asked) -> Plain:
    """What every page about an instrument says first."""
    words, review = asked.words, instrument.review
    own = words.of(instrument.title)
    places = words.vocabulary.jurisdictions
    return {
        "id": instrument.id,
        "title": own,
        "titles": [
            {"lang": code, "text": text}
            for code, text in instrument.title.items()
            if text != own and _original(code, instrument, asked)
        ],
        "country": {
            "code": instrument.jurisdiction,
            "name": words.country(instrument.jurisdiction),
            "address": asked.at(f"countries/{instrument.jurisdiction}"),
        },
        "own_languages": list(places[instrument.jurisdiction].languages) if instrument.jurisdiction in places else [],
        "kind": {"id": instrument.kind, "text": words.say(INSTRUMENTS[instrument.kind])},
        "issuer": instrument.issuer or "",
        "draft": not any(event.event in ADOPTING for event in instrument.history),
        "summary": words.of(instrument.summary),
        "topics": [
            {"id": name, "label": words.topic(name), "address": asked.at(f"topics/{name}")}
            for name in instrument.topics
        ],
        "checked_on": words.written_day(review.checked_on) if review else "",
        "sources_until": words.written_day(review.sources_until) if review else "",
    }


def doubts(site: Site, asked: Asked, instrument: Instrument) -> list[str]:
    """What should make a reader look twice: old sources, a review that is due, values on press reports alone."""
    found, say = age(site.register, instrument, site.today()), asked.words.say
    lines = []
    if found.old:
        lines.append(say("Its newest source is older than 18 months."))
    if found.due:
        lines.append(say("Its review is due."))
    if found.weak:
        lines.append(asked.words.many("{number} value rests on a press report or a lesser page alone.",
                                      "{number} values rest on a press report or a lesser page alone.",
                                      len(found.weak)))  # fmt: skip
    return lines


def _original(code: str, instrument: Instrument, asked: Asked) -> bool:
    """Titles in the languages of the country and in English, beside the reader's own."""
    place = asked.words.vocabulary.jurisdictions.get(instrument.jurisdiction)
    return code != asked.lang and (place is None or code in place.languages or code not in ("en", "ko"))


def history(instrument: Instrument, asked: Asked, references: References) -> list[Plain]:
    """The steps of its life, latest first."""
    words = asked.words
    steps = [
        {
            "date": event.date,
            "text": words.written_day(event.date),
            "event": words.say(EVENTS[event.event]),
            "provisions": [words.title(Address(instrument.id, name)) for name in event.provisions],
            "announced": words.written_day(event.announced) if event.announced else "",
            "note": words.note(event.note, instrument.id),
            "reference": references.cite(instrument.sources.get(event.source), event.locator),
        }
        for event in instrument.history
    ]
    return sorted(steps, key=lambda step: str(step["date"]), reverse=True)
