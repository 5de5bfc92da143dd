"""Every instrument, by country."""

from rambu.publish.words import INSTRUMENTS
from rambu.web.site import Site
from rambu.web.view import Asked, Shown


def view(site: Site, asked: Asked) -> Shown:
    """The list of instruments."""
    places, words = site.register.vocabulary.jurisdictions, asked.words
    codes = [*site.countries, *(code for code in places if code not in site.countries)]
    return Shown(
        "rules.html",
        {
            "countries": [
                {
                    "code": code,
                    "name": words.country(code),
                    "address": asked.at(f"countries/{code}"),
                    "instruments": [
                        {
                            "id": one.id,
                            "address": asked.at(f"rules/{one.id}"),
                            "title": words.of(one.title),
                            "kind": words.say(INSTRUMENTS[one.kind]),
                            "provisions": len(one.provisions),
                        }
                        for one in site.register.instruments.values()
                        if one.jurisdiction == code
                    ],
                }
                for code in codes
            ],
        },
    )
