"""How an answer is worded: verdicts, phases, kinds, units, numbers, days and ranges, in the reader's language."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from gettext import NullTranslations

from rambu.exact import decimals, terminates
from rambu.expressions.span import End, Exact, Span
from rambu.model.base import DAY, EARLIEST, Words, first_day, last_day, word
from rambu.publish.words import AGGREGATES, DAYS, MONTHS, ROLES, SENSES, SUBJECTS, mark
from rambu.register import Address, Register
from rambu.units import DATE, Measure

HANGUL = re.compile("[가-힣]")  # Korean units follow their number without a space
NOT_SEEN = {"date": mark("a day that was not seen"), "": mark("a figure that was not seen")}
ROUNDED = 2  # decimals of a number that has no last one
KEY = re.compile(r"\b[a-z][a-z0-9_]*\b")
KEY_ONLY = re.compile(r"[0-9_]")  # no word of a note has one
BEFORE_KEY = re.compile(r"\b(by|also|in) $", re.IGNORECASE)
AND = (" and ", ", ")


class Wording:
    """Words of one language, over the labels of one register."""

    def __init__(self, register: Register, language: str = "en", catalogue: NullTranslations | None = None) -> None:
        self.register, self.language = register, language
        self.vocabulary = register.vocabulary
        self.catalogue = catalogue or NullTranslations()
        self._units: dict[tuple[Fraction, tuple[tuple[str, int], ...]], str] = {}

    # -- words

    def say(self, text: str, /, **details: object) -> str:
        """An interface word or sentence, with its details filled in."""
        found = self.catalogue.gettext(text) if text else text
        return found.format(**details) if details else found

    def many(self, one: str, more: str, number: int, /, **details: object) -> str:
        """A sentence about a number of things."""
        return self.catalogue.ngettext(one, more, number).format(number=f"{number:,}", **details)

    def among(self, table: Mapping[str, str], key: str) -> str:
        """The word for a key of one of the tables above."""
        return self.say(table[key])

    def of(self, words: Words | None) -> str:
        """A text of the register in the reader's language, else in English."""
        return word(words, self.language) if words else ""

    def listed(self, parts: list[str]) -> str:
        """A list in one line."""
        return ", ".join(parts)

    # -- names

    def subject(self, name: str, kind: str) -> str:
        """Name of a subject; a subject without a name of its own is called by its kind."""
        return self.say(SUBJECTS[kind]) if name == kind else name

    def country(self, code: str) -> str:
        """Name of a jurisdiction."""
        place = self.vocabulary.jurisdictions.get(code)
        return self.of(place.label) if place else code

    def category(self, name: str) -> str:
        """Label of a category, place or topic."""
        return self.of(self.vocabulary.labels.get(name)) or name

    def topic(self, name: str) -> str:
        """Label of a topic."""
        topic = self.vocabulary.topics.get(name)
        return self.of(topic.label) if topic else name

    def fact(self, name: str) -> str:
        """Label of a fact, of one taken over sites or the group, or of a result that must be stated."""
        if "/" in name:
            file, _, local = name.partition(".")
            provision, _, value = local.partition(".")
            title = self.title(Address(file, provision))
            return f"{title}: {self.measure(value)}" if value else title
        if name == "fy_end":
            return self.say("End of the financial year in question")
        if name in self.vocabulary.facts:
            return self.of(self.vocabulary.facts[name].label)
        stem, _, tail = name.rpartition("_")
        if stem in self.vocabulary.facts and tail in AGGREGATES:
            return self.say(AGGREGATES[tail], fact=self.of(self.vocabulary.facts[stem].label))
        return name

    def lacking(self, subject: str, fact: str) -> str:
        """Label of a fact that is missing, with whose it is where it is asked of a buyer or of another in a role."""
        role = subject.rpartition(".")[2]
        return f"{self.fact(fact)} ({self.say(ROLES[role])})" if role in ROLES and role != subject else self.fact(fact)

    def all_lacking(self, missing: Iterable[tuple[str, str]]) -> str:
        """Every missing fact once, in one line."""
        return ", ".join(sorted({self.lacking(subject, fact) for subject, fact in missing}))

    def question(self, fact: str) -> str:
        """How a fact is asked for."""
        if "/" in fact:
            return self.say("Does this hold: {title}?", title=self.fact(fact))
        known = self.vocabulary.facts.get(fact)
        return self.of(known.question) if known and known.question else self.fact(fact)

    def subject_named(self, name: str) -> str:
        """A subject by the name that a profile gives it, or its kind; `car.buyer` is a role."""
        head, dot, role = name.partition(".")
        return self.subject(head, head if head in SUBJECTS else "any") + dot + role

    def given_text(self, text: str) -> str:
        """A value as a profile writes it: days in words."""
        return self.written_day(text) if DAY.match(text) else text

    def title(self, address: Address) -> str:
        """Title of a provision."""
        try:
            return self.of(self.register.provision(address).title)
        except KeyError:
            return str(address)

    def measure(self, name: str) -> str:
        """Label of a value: its measure, or its name in words."""
        stem, _, tail = name.rpartition("_")
        if name in self.vocabulary.measures:
            return self.of(self.vocabulary.measures[name].label)
        if tail in ("low", "high") and stem in self.vocabulary.measures:
            ends = {"low": mark("{measure}, lower end"), "high": mark("{measure}, upper end")}
            return self.say(ends[tail], measure=self.of(self.vocabulary.measures[stem].label))
        return name.replace("_", " ")

    # -- numbers, days, units

    def note(self, note: str | None, file: str) -> str:
        """A note of an instrument; where it names a source by its key in the file, the publisher stands instead.

        A key that is an ordinary word counts as one only after "by", "also" or "in", and after "and" or a comma
        behind another key.
        """
        sources, named, end = self.register.instruments[file].sources, "", 0
        for found in KEY.finditer(note or ""):
            between, source = (note or "")[end : found.start()], sources.get(found[0])
            if source and (KEY_ONLY.search(found[0]) or BEFORE_KEY.search(between) or (end and between in AND)):
                named, end = named + between + source.publisher, found.end()
        return named + (note or "")[end:]

    def day(self, day: date | int) -> str:
        """A day, in words; the earliest that files write stands for one that no source tells."""
        found = date.fromordinal(day) if isinstance(day, int) else day
        if found == EARLIEST:
            return self.say(mark("an earlier day"))
        month = self.say(MONTHS[found.month - 1])
        return self.say(mark("{day} {month} {year}"), day=found.day, month=month, year=found.year)

    def written_day(self, text: str) -> str:
        """A day as a file writes it: a day, a year, or a range of them, perhaps open at one end."""
        if text.startswith(".."):
            return self.say("{day} or earlier", day=self.written_day(text[2:]))
        if text.endswith(".."):
            return self.say("{day} or later", day=self.written_day(text[:-2]))
        first, last = first_day(text), last_day(text)
        if first == last:
            return self.day(first)
        if len(text) == 4:
            return self.day(first) if first == EARLIEST else text
        if first == EARLIEST:
            return self.say("{day} or earlier", day=self.day(last))
        return self.say("between {first} and {last}", first=self.day(first), last=self.day(last))

    @staticmethod
    def number(number: Exact) -> str:
        """A number with separated thousands; decimals without an end are rounded and say so."""
        if number == int(number):
            return f"{int(number):,}"
        whole, _, digits = decimals(
            Fraction(number if terminates(number) else round(Fraction(number), ROUNDED))
        ).partition(".")
        about = "" if terminates(number) else "≈ "
        sign = "-" if whole.startswith("-") else ""
        return f"{about}{sign}{int(whole.lstrip('-')):,}.{digits or '0'}"

    def unit(self, unit: str) -> str:
        """How a unit is printed behind its number; nothing for a bare number."""
        top, *bottoms = unit.split("/")
        if not bottoms:
            return "" if top in ("count", "ratio", "date", "text") else self._token(top)
        return "/".join([self._token(top), *(self._per(part) for part in bottoms)]).replace(" ", "")

    def _per(self, token: str) -> str:
        """A unit behind a stroke: KRW/hour and not KRW/hours."""
        label = self._token(token)
        return label.removesuffix("s") if self.language == "en" and token.endswith("s") and len(token) > 2 else label

    def _token(self, token: str) -> str:
        unit = self.vocabulary.units.get(token)
        return self.of(unit.label) if unit else token

    def unit_of(self, measure: Measure) -> str:
        """The unit's name that a measure has in the vocabulary; made up of currency and base where there is none."""
        if not self._units:
            for name in reversed(self.vocabulary.units):
                known = self.register.units.measure(name)
                self._units[known.scale, known.bases] = name
        if measure == DATE:
            return "date"
        if not measure.bases and measure.scale == 1:
            return "count"
        if len(measure.bases) == 1 and measure.currency and measure.scale == 1:
            return measure.currency
        return self._units.get((measure.scale, measure.bases), "")

    def amount(self, number: Exact, unit: str) -> str:
        """A number with its unit, or a day."""
        if unit == "date":
            return self.day(int(number))
        single = unit.removesuffix("s")
        label = self.unit(single if number == 1 and self.language == "en" and single in self.vocabulary.units else unit)
        return f"{self.number(number)}{'' if HANGUL.match(label) else ' '}{label}".rstrip()

    # -- ranges

    def span(self, span: Span, unit: str, sense: str | None = None, open_word: str = "") -> str:
        """What a value may be: one figure, a range in words, none, or (fully open) the word given for that."""
        if span.exists is False:
            return self.say("none")
        text = self._known(span, unit)
        if text is None:
            text = open_word or self.say(NOT_SEEN.get(unit, NOT_SEEN[""]))
        elif sense is not None and (span.words or span.low == span.high):
            text = self.say((DAYS if unit == "date" else SENSES)[sense], value=text)
        elif sense in ("up_to", "at_most"):
            text = self.say("a ceiling of {value}", value=text)
        elif sense == "at_least" and span.high is not None:
            text = self.say("a floor of {value}", value=text)
        return self.say("none, or {value}", value=text) if span.exists is None else text

    def _known(self, span: Span, unit: str) -> str | None:
        if span.words:
            return self.say(" or ").join(span.words)
        if span.low is not None and span.low == span.high:
            return self.amount(span.low, unit)
        if unit == "date":
            return self._between_days(span.low, span.high)
        return self._between(span.low, span.high, unit)

    def _between(self, low: End, high: End, unit: str) -> str | None:
        if low is not None and high is not None:
            return self.say("at least {low}, at most {high}", low=self.number(low), high=self.amount(high, unit))
        if low is not None:
            return self.say("at least {value}", value=self.amount(low, unit))
        return None if high is None else self.say("at most {value}", value=self.amount(high, unit))

    def _between_days(self, low: End, high: End) -> str | None:
        if low is not None and high is not None:
            first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
            if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
                return self.say("some day in {year}", year=first.year)
            if first == EARLIEST:
                return self.say("{day} or earlier", day=self.day(last))
            return self.say("between {first} and {last}", first=self.day(first), last=self.day(last))
        if low is not None:
            return self.say("{day} or later", day=self.day(int(low)))
        return None if high is None else self.say("{day} or earlier", day=self.day(int(high)))
