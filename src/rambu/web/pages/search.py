"""Search: by a form, and while typing."""

from rambu.register import Address
from rambu.search.find import Hit
from rambu.web.site import Site
from rambu.web.view import Asked, Plain, Shown

LONGEST_QUERY = 200


def view(site: Site, asked: Asked) -> Shown:
    """What a query finds."""
    query = asked.given("q")[:LONGEST_QUERY]
    hits = site.finder.find(query) if query else []
    return Shown("search.html", {"query": query, "hits": [hit_data(site, asked, hit) for hit in hits]}, index=False)


def hit_data(site: Site, asked: Asked, hit: Hit) -> Plain:
    """One hit in the reader's language."""
    words, register = asked.words, site.register
    kind = {
        "topic": words.say("topic"),
        "country": words.say("country"),
        "instrument": words.say("instrument"),
        "provision": words.say("provision"),
    }[hit.kind]
    made = {"kind": {"id": hit.kind, "text": kind}, "id": hit.id, "country": "", "summary": ""}
    match hit.kind:
        case "topic":
            return {**made, "title": words.topic(hit.id), "address": asked.at(f"topics/{hit.id}")}
        case "country":
            return {**made, "title": words.country(hit.id), "address": asked.at(f"countries/{hit.id}")}
        case "instrument":
            found = register.instruments[hit.id]
            return {
                **made,
                "title": words.of(found.title),
                "summary": words.of(found.summary),
                "country": words.country(found.jurisdiction),
                "address": asked.at(f"rules/{hit.id}"),
            }
    file, _, name = hit.id.rpartition(".")
    provision = register.provision(Address(file, name))
    return {
        **made,
        "title": words.of(provision.title),
        "summary": words.of(provision.summary),
        "country": words.country(register.instruments[file].jurisdiction),
        "address": asked.at(f"rules/{file}/{name}"),
    }
