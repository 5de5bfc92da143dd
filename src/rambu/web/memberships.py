"""Who belongs to which body on a day, as plain data: sure members, and those whose day is only known as a range."""

from datetime import date

from rambu.web.site import Site
from rambu.web.view import Asked, Plain


def bodies(site: Site, asked: Asked, day: date) -> list[Plain]:
    """Every body with its members on a day, counted."""
    words, register = asked.words, site.register
    return [
        {
            "body": body,
            "number": len(register.members(body, day)),
            "members": sorted(words.country(code) for code in register.members(body, day)),
            "perhaps": sorted(words.country(code) for code in register.perhaps_members(body, day)),
        }
        for body in register.bodies
    ]


def of_country(site: Site, asked: Asked, code: str, day: date) -> list[Plain]:
    """The bodies that a country belongs to on a day, since when and by which source."""
    words, register = asked.words, site.register
    found = []
    for entry in register.vocabulary.memberships:
        if entry.jurisdiction != code:
            continue
        sure, perhaps = (code in those(entry.body, day) for those in (register.members, register.perhaps_members))
        if sure or perhaps:
            source = register.vocabulary.sources.get(entry.source)
            found.append(
                {
                    "body": entry.body,
                    "since": words.written_day(entry.starts),
                    "sure": sure,
                    "note": entry.note or "",
                    "source": source.url if source else "",
                    "publisher": source.publisher if source else "",
                }
            )
    return found
