"""What is shown -> HTML or JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rambu.web.assets import Assets
from rambu.web.language import NAMES
from rambu.web.site import Site
from rambu.web.trouble import error
from rambu.web.view import Asked, Plain, Shown

CITED = re.compile(r" \[(\d+)\]")
NAVIGATION = ("assess", "worth", "compare", "rules", "changes", "about")


class Renderer:
    """The templates of one site."""

    def __init__(self, site: Site, assets: Assets) -> None:
        self.site, self.assets = site, assets
        self.environment = Environment(
            loader=PackageLoader("rambu.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters |= {
            "cited": cited,
            "uncited": uncited,
            "kept": kept,
            "headed": headed,
            "marks": marks,
            "svg": Markup,
        }
        self.environment.filters["segment"] = lambda text: quote(str(text), safe="/")

    def html(self, asked: Asked, shown: Shown) -> str:
        """The page."""
        template = self.environment.get_template(shown.template)
        return squeezed(template.render(**shown.data, **self.frame(asked, shown)))

    def frame(self, asked: Asked, shown: Shown) -> Plain:
        """What every page has around it."""
        words = asked.words
        section = asked.path.split("/")[0]
        return {
            "say": words.say,
            "many": words.many,
            "lang": asked.lang,
            "at": asked.at,
            "asset": self.assets.address,
            "section": section if section in NAVIGATION else "",
            "posted": asked.posted,
            "hidden": shown.hidden,
            "languages": list(self._languages(asked)),
            "json_address": self._json(asked),
            "indexed": shown.index,
            "version": self.site.version,
            "register_version": self.site.register.version,
            "path": asked.path,
        }

    def _languages(self, asked: Asked) -> Iterator[Plain]:
        query = f"?{urlencode(asked.query)}" if asked.query else ""
        for code, name in NAMES.items():
            address = f"/{code}/{quote(asked.path)}"
            yield {
                "code": code,
                "name": name,
                "address": address if asked.posted else address + query,
                "whole": self.site.settings.address + address + query,
                "here": code == asked.lang,
            }

    @staticmethod
    def _json(asked: Asked) -> str:
        query = f"?{urlencode(asked.query)}" if asked.query else ""
        return "" if asked.posted else f"/{asked.lang}/{quote(asked.path or 'index')}.json{query}"

    def error_page(self, asked: Asked, status: int, problems: tuple[Any, ...] = ()) -> str:
        """The page of an error."""
        return self.html(asked, Shown("error.html", error(status, asked.words, problems), status, index=False))


def as_text(data: Plain) -> str:
    """The JSON twin."""
    return json.dumps(data, ensure_ascii=False)


def cited(text: str) -> Markup:
    """` [3]` becomes a link to the third source."""
    return Markup(CITED.sub(r' <a class="ref" href="#s\1">[\1]</a>', str(escape(text))))


def uncited(text: str) -> str:
    """A text without its references, to stand in a link of its own."""
    return CITED.sub("", text)


def kept(text: str) -> Markup:
    """A text in an attribute, whose lines and indentation must survive."""
    return Markup(str(escape(text)).replace("\n", "&#10;").replace("\t", "&#9;").replace("  ", " &#32;"))


def headed(text: str) -> str:
    """With a capital at its head, where the script has any."""
    return text[:1].upper() + text[1:]


def marks(text: str) -> Markup:
    """Only the references of a text."""
    return Markup("").join(cited(f" [{number}]") for number in CITED.findall(text))


def squeezed(html: str) -> str:
    """Without the indentation of the templates; text areas stand on lines of their own and keep theirs."""
    parts = re.split(r"(<textarea.*?</textarea>|<pre.*?</pre>)", html, flags=re.DOTALL)
    return "".join(part if index % 2 else re.sub(r"\n\s*", "\n", part) for index, part in enumerate(parts))
