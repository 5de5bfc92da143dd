"""About: method, trust, what it is not, licence."""

from rambu.web.site import Site
from rambu.web.view import Asked, Shown


def view(site: Site, asked: Asked) -> Shown:
    """How Rambu works, with the numbers of this register."""
    register = site.register
    return Shown(
        "about.html",
        {
            "instruments": len(register.instruments),
            "provisions": sum(1 for _ in register.addresses()),
            "topics": len(register.vocabulary.topics),
            "countries": len(site.countries),
            "kinds": [
                {"id": key, "label": asked.words.of(kind.label), "definition": kind.definition or ""}
                for key, kind in register.vocabulary.kinds.items()
            ],
        },
    )
