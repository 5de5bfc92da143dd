"""The register as the pages see it: its words in every language, its state on any day, its search index."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import RLock

from rambu import __version__
from rambu.api import OpenRegister
from rambu.locale import catalogue
from rambu.publish.wording import Wording
from rambu.register import Register
from rambu.search.find import Finder
from rambu.units import PLAIN
from rambu.web.days import Days
from rambu.web.language import LANGUAGES
from rambu.web.settings import Settings


@dataclass
class Site:
    """Everything that the pages share, worked out when first asked for."""

    opened: OpenRegister
    today: Callable[[], date]
    settings: Settings = field(default_factory=Settings)
    lock: RLock = field(default_factory=RLock)

    @property
    def register(self) -> Register:
        """The register."""
        return self.opened.register

    @property
    def version(self) -> str:
        """Version of the code."""
        return __version__

    @cached_property
    def words(self) -> dict[str, Wording]:
        """Language -> how things are worded."""
        return {code: Wording(self.register, code, catalogue(code)) for code in LANGUAGES}

    @cached_property
    def days(self) -> Days:
        """The register on any day."""
        return Days(self.opened.rules)

    @cached_property
    def finder(self) -> Finder:
        """The search index."""
        return Finder(self.register)

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries that are put on a par, Korea first, the others by their English names."""
        places = self.register.vocabulary.jurisdictions
        codes = [code for code, place in places.items() if place.kind == "country"]
        return tuple(sorted(codes, key=lambda code: (code != "KOR", places[code].label.get("en", code))))

    def warm(self) -> None:
        """Work out beforehand what the first visitors would wait for."""
        with self.lock:
            for address in self.register.addresses():
                self.opened.rules.rule(address)
            now = self.today()
            self.days.board(now, now)
            for words in self.words.values():
                words.unit_of(PLAIN)
            self.finder.find("a b")

    def when(self, as_of: date | None, known_on: date | None) -> tuple[date, date]:
        """The day asked about (default: today) and the day up to which announcements count."""
        now = self.today()
        asked = as_of or now
        return asked, known_on or min(asked, now)
