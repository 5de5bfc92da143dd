"""Made-up registers and subjects for properties: every construct of the language, at and beside its edges."""

from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from rambu.expressions.span import Span
from rambu.expressions.subject import Amount, Choice, Given, Plain, Series, Subject
from rambu.model.instrument import Instrument
from rambu.model.vocabulary import Vocabulary
from rambu.register import Address, Register
from rambu.units import DATE, PLAIN

ADDRESS = Address("exa/made-up", "rule")
AS_OF = date(2025, 6, 30)
TREE = {"making": {"metal": {"steel": {}, "cement": {}}, "other_making": {}}, "trading": {}, "other_act": {}}
CATEGORIES = ["making", "metal", "steel", "cement", "other_making", "trading", "other_act"]
NUMBERS = ["staff", "energy", "score"]
EDGES = [0, 1, 2, 7, 49, 50, 51, 99, 100, 101, 250, 1000]
DAYS = [date(2024, 1, 1), date(2025, 6, 29), date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1)]
WORDS = {"en": "made up", "ko": "지어낸 것"}


def _fact(type_: str, **more: Any) -> dict[str, Any]:
    return {"subject": "company", "type": type_, "def": "made up", "label": WORDS, **more}


@lru_cache
def vocabulary() -> Vocabulary:
    """A vocabulary of eight facts."""
    return Vocabulary.model_validate(
        {
            "facts": {
                "place": {**_fact("category"), "subject": "any"},
                "staff": _fact("count", by_year=True),
                "energy": _fact("number", unit="GJ"),
                "score": _fact("number", unit="percent"),
                "founded": _fact("date"),
                "registration_date": {**_fact("date", edge="as_of"), "subject": "any"},
                "state_owned": _fact("boolean"),
                "act": _fact("category"),
                "boards": _fact("category", many=True, tree="board"),
            },
            "roles": {"company": {"parent": "company"}},
            "trees": {
                "place": {"exa": {}, "other_place": {}},
                "act": TREE,
                "board": {"main": {}, "small": {}, "none_": {}},
            },
            "labels": {},
            "topics": {"carbon-tax": {"group": "carbon", "label": WORDS}},
            "groups": {"carbon": WORDS},
            "measures": {},
            "asks": {},
            "kinds": {},
            "publishers": {"example.org": {"name": "Example", "kind": "official"}},
            "jurisdictions": {"EXA": {"label": WORDS, "currency": "EXD", "place": "exa"}},
            "memberships": [],
            "units": {
                unit: {"dimension": dimension, "factor": factor, "label": WORDS}
                for unit, dimension, factor in [
                    ("GJ", "energy_joule", "1"),
                    ("TJ", "energy_joule", "1000"),
                    ("percent", "share", "0.01"),
                    ("count", "count", "1"),
                ]
            },
            "conversions": [],
            "rates": [],
            "sources": {},
        }
    )


def register(provision: dict[str, Any], history: list[dict[str, Any]] | None = None) -> Register:
    """A register with one provision."""
    instrument = Instrument.model_validate(
        {
            "id": ADDRESS.file,
            "kind": "act",
            "jurisdiction": "EXA",
            "title": WORDS,
            "topics": ["carbon-tax"],
            "sources": {
                "act": {
                    "title": "Act",
                    "publisher": "Exa",
                    "url": "https://example.org/act",
                    "lang": "en",
                    "accessed": "2026-01-01",
                }
            },
            "history": history or [{"date": "2020-01-01", "event": "in_force", "source": "act"}],
            "provisions": {
                ADDRESS.name: {
                    "kind": "duty",
                    "title": WORDS,
                    "subject": "company",
                    "extent": "anywhere",
                    "at": {"source": "act"},
                    **provision,
                }
            },
        }
    )
    return Register("test", vocabulary(), {instrument.id: instrument}, {})


# -- subjects

points = st.sampled_from(EDGES) | st.integers(0, 2000)
decimals = points | st.integers(0, 20_000).map(lambda n: Fraction(n, 10)).map(
    lambda f: int(f) if f.denominator == 1 else f
)


@st.composite
def spans(draw: st.DrawFn, numbers: st.SearchStrategy[Any]) -> Span:
    """A point, a range, or one open to one side."""
    low, high = sorted((draw(numbers), draw(numbers)))
    return draw(
        st.sampled_from([Span(True, low, low), Span(True, low, high), Span(True, low, None), Span(True, None, high)])
    )


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    """A company of which some facts are given."""
    energy = vocabulary_units()["GJ"]
    percent = vocabulary_units()["percent"]
    days = st.sampled_from(DAYS).map(date.toordinal)
    made: dict[str, st.SearchStrategy[Given | Series]] = {
        "staff": spans(points).map(lambda span: Series(undated=Amount(span, PLAIN, "count"))),
        "energy": spans(decimals).map(lambda span: Amount(span, energy, "GJ")),
        "score": spans(decimals).map(lambda span: Amount(span, percent, "percent")),
        "founded": spans(days).map(lambda span: Amount(span, DATE, "date")),
        "registration_date": spans(days).map(lambda span: Amount(span, DATE, "date")),
        "state_owned": st.booleans().map(Plain),
        "act": st.sampled_from(CATEGORIES).map(lambda name: Choice((name,))),
        "boards": st.lists(st.sampled_from(["main", "small", "none_"]), max_size=2, unique=True).map(
            lambda names: Choice(tuple(names))
        ),
    }
    facts = {name: draw(strategy) for name, strategy in made.items() if draw(st.integers(0, 3))}
    return Subject("company", "exa", facts)


@lru_cache
def vocabulary_units() -> dict[str, Any]:
    """Measures of the vocabulary's units."""
    units = Register("test", vocabulary(), {}, {}).units
    return {name: units.measure(name) for name in vocabulary().units}


# -- expressions and trees

figures = st.sampled_from(EDGES).map(str) | st.sampled_from(["0.5", "49.9", "12.5"])


def numbers(depth: int) -> st.SearchStrategy[str]:
    """A formula over facts and figures (as a value tree may hold it)."""
    leaf = st.sampled_from(NUMBERS[:1]) | figures
    if depth == 0:
        return leaf
    inner = numbers(depth - 1)
    pairs = st.tuples(inner, inner)
    return st.one_of(
        leaf,
        pairs.map(lambda p: f"({p[0]} + {p[1]})"),
        pairs.map(lambda p: f"({p[0]} - {p[1]})"),
        pairs.map(lambda p: f"({p[0]} * {p[1]})"),
        inner.map(lambda n: f"({n}) / 3"),
        inner.map(lambda n: f"ceil(({n}) * 7 / 100)"),
        inner.map(lambda n: f"floor(({n}) / 4)"),
        pairs.map(lambda p: f"min({p[0]}, {p[1]})"),
        pairs.map(lambda p: f"max({p[0]}, {p[1]})"),
        pairs.map(lambda p: f"total({p[0]}, {p[1]})"),
    )


signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])


def conditions(depth: int) -> st.SearchStrategy[str]:
    """A condition, over figures too: it stands in rows of a value tree."""
    leaf = st.one_of(
        st.tuples(st.sampled_from(NUMBERS), signs, figures).map(" ".join),
        st.tuples(numbers(1), signs, numbers(1)).map(" ".join),
        st.just("state_owned"),
        st.sampled_from(CATEGORIES).map(lambda name: f"act == {name}"),
        st.lists(st.sampled_from(CATEGORIES), min_size=2, max_size=3).map(lambda names: f"act in ({', '.join(names)})"),
        st.sampled_from(["main", "small"]).map(lambda name: f"boards == {name}"),
        st.sampled_from(["act != steel", "boards not in (main, small)", "founded <= registration_date"]),
        st.tuples(figures, st.just("<= staff <"), figures).map(" ".join),
    )
    if depth == 0:
        return leaf
    inner = conditions(depth - 1)
    pairs = st.tuples(inner, inner)
    return st.one_of(
        leaf,
        pairs.map(lambda p: f"({p[0]}) and ({p[1]})"),
        pairs.map(lambda p: f"({p[0]}) or ({p[1]})"),
        inner.map(lambda c: f"not ({c})"),
        st.tuples(st.integers(1, 3), inner, inner, inner).map(lambda p: f"at_least({p[0]}, {p[1]}, {p[2]}, {p[3]})"),
    )


leaves = st.one_of(
    st.sampled_from([*EDGES, "none", "..", "9..15", "49.9"]), st.sampled_from(["staff * 2", "ceil(staff * 7 / 100)"])
)


def trees(depth: int) -> st.SearchStrategy[Any]:
    """A value tree."""
    if depth == 0:
        return leaves
    inner = trees(depth - 1)
    days = st.sampled_from([day.isoformat() for day in DAYS] + ["2025"])
    return st.one_of(
        leaves,
        st.dictionaries(days, inner, min_size=1, max_size=3).map(lambda entries: {"dated": entries}),
        st.dictionaries(days | st.just("2025-06-15..2025-07-15"), inner, min_size=1, max_size=3).map(
            lambda entries: {"announced": entries}
        ),
        st.tuples(inner, inner, inner).map(
            lambda p: {"by": "act", "cases": {"steel, trading": p[0], "making": p[1]}, "else": p[2]}
        ),
        st.tuples(inner, inner, inner).map(
            lambda p: {"by": "staff", "bands": [{"to": 50, "is": p[0]}, {"below": 250, "is": p[1]}, {"is": p[2]}]}
        ),
        st.tuples(conditions(1), inner, conditions(1), inner).map(
            lambda p: {"rows": [{"when": p[0], "is": p[1]}, {"when": p[2], "is": p[3]}]}
        ),
        st.tuples(conditions(1), inner, inner).map(lambda p: {"rows": [{"when": p[0], "is": p[1]}, {"else": p[2]}]}),
        st.just({"by": "staff", "slices": [{"to": 50, "rate": 10}, {"to": 250, "rate": 15}, {"rate": 20}]}),
    )


def refinements(subject: Subject, other: Subject) -> Subject:
    """The subject with facts that it lacked, and with ranges narrowed to one end."""
    assumed = {"registration_date"}  # what an edge filled in may be replaced, and then anything may turn
    facts = {name: fact for name, fact in other.facts.items() if name not in {*subject.facts, *assumed}}
    facts |= {name: _narrowed(fact) for name, fact in subject.facts.items()}
    return Subject("company", "exa", facts)


def _narrowed(fact: Given | Series) -> Given | Series:
    if isinstance(fact, Series) and fact.undated is not None:
        return Series(undated=_narrow(fact.undated))
    return fact if isinstance(fact, Series) else _narrow(fact)


def _narrow(given: Given) -> Given:
    if isinstance(given, Choice) and given.categories == ("metal",):
        return Choice(("steel",))
    if not isinstance(given, Amount):
        return given
    low, high = given.span.low, given.span.high
    point = low if low is not None else (high if high is not None else 0)
    return Amount(Span(True, point, point), given.measure, given.unit)
