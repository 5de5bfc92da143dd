"""What travels with the visitor, as the server keeps nothing: profile, questions passed over, days, countries."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from rambu.assess import Assessment, assess
from rambu.errors import RambuError
from rambu.interview import as_yaml
from rambu.profile import Profile, ProfileReader
from rambu.strict_yaml import Document, read
from rambu.web.packed import packed, unpacked
from rambu.web.sane import MOST_SUBJECTS, sane
from rambu.web.site import Site
from rambu.web.view import Asked

Data = dict[str, Any]
Pair = tuple[str, str]
BETWEEN, WITHIN = "\n", "\t"


@dataclass(frozen=True)
class State:
    """One visitor's answers so far."""

    site: Site
    data: Data
    as_of: date
    known_on: date
    asked_days: tuple[str, str] = ("", "")
    passed: frozenset[Pair] = frozenset()
    scope: tuple[str, ...] = ()
    document: Document | None = field(default=None, compare=False)

    @cached_property
    def profile(self) -> Profile:
        """The profile. Raises RambuError with every complaint."""
        marks = self.document.marks if self.document else {}
        found = ProfileReader(self.site.register, "profile", marks).read(self.data)
        if sum(1 for _ in found.all_subjects()) > MOST_SUBJECTS:
            what = f"a profile here has at most {MOST_SUBJECTS} subjects"
            raise RambuError.of("too-large", what, "ask about them in parts, or use rambu assess", "profile")
        return found

    @cached_property
    def assessment(self) -> Assessment:
        """What applies, with reasons. Raises RambuError."""
        try:
            return assess(self.site.opened.rules, self.profile, self.as_of, self.known_on, self.scope or None)
        except (OverflowError, ValueError, ArithmeticError, RecursionError):
            raise RambuError.of(
                "figures",
                "the figures and days cannot be reckoned with",
                "look for one that is far too large",
                "profile",
            ) from None

    def with_data(self, data: Data) -> "State":
        """The same visitor with other answers."""
        return replace(self, data=data, document=None)

    def passing(self, *pairs: Pair) -> "State":
        """The same visitor, who does not know this."""
        return replace(self, passed=self.passed | set(pairs))

    def asking_again(self, pair: Pair) -> "State":
        """The same visitor, to be asked this again."""
        return replace(self, passed=self.passed - {pair})

    def hidden(self) -> tuple[tuple[str, str], ...]:
        """Fields of a form that carry everything on."""
        fields = {
            "profile": as_yaml(self.data) if self.data else "",
            "passed": BETWEEN.join(sorted(WITHIN.join(pair) for pair in self.passed)),
            "in": ",".join(self.scope),
            "as_of": self.asked_days[0],
            "known_on": self.asked_days[1],
        }
        return tuple((name, value) for name, value in fields.items() if value)

    def packed(self) -> str:
        """The profile as a piece of an address."""
        return packed(as_yaml(self.data))


def state_of(site: Site, asked: Asked) -> State:
    """What came along with a request. Raises RambuError."""
    as_of, known_on = site.when(asked.day("as_of"), asked.day("known_on"))
    text = asked.given("profile") or (unpacked(asked.given("p")) if asked.given("p") else "")
    document = read(text, "profile") if text.strip() else None
    return State(
        site=site,
        data=data_of(document),
        as_of=as_of,
        known_on=known_on,
        asked_days=(asked.given("as_of"), asked.given("known_on")),
        passed=_passed(asked.given("passed")),
        scope=_scope(site, asked),
        document=document,
    )


def data_of(document: Document | None) -> Data:
    """The data of a profile that was sent. Raises RambuError."""
    if document is None:
        return {}
    found = sane(document.data)
    if not isinstance(found, dict):
        raise RambuError.of("profile", "a profile is a mapping", "begin with `companies:`", "profile", 1, 1)
    return found


def _passed(text: str) -> frozenset[Pair]:
    pairs = (line.partition(WITHIN) for line in text.replace("\r", "").split(BETWEEN) if WITHIN in line)
    return frozenset((subject, fact) for subject, _, fact in pairs)


def _scope(site: Site, asked: Asked) -> tuple[str, ...]:
    """Codes of countries; a list of fields or one with commas. Raises RambuError."""
    only = asked.given("only")
    if only:
        return (only,) if only in site.register.vocabulary.jurisdictions else ()
    sent = asked.form.get("in") or [asked.query.get("in", "")]
    codes = dict.fromkeys(code.strip().upper() for field_ in sent for code in field_.split(",") if code.strip())
    known = site.register.vocabulary.jurisdictions
    if unknown := [code for code in codes if code not in known]:
        raise RambuError.of("unknown", f"unknown country {unknown[0][:40]}", f"write one of {', '.join(known)}", "in")
    return tuple(codes)
