"""Assess: one question in focus, or all on one page; several subjects; the profile up and down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rambu.errors import RambuError
from rambu.interview import known, next_question
from rambu.model.case import Verdict
from rambu.publish.sorting import OPEN, sort_of
from rambu.publish.wording import Wording
from rambu.publish.words import SUBJECTS
from rambu.strict_yaml import read
from rambu.web.answering import take, take_many, without
from rambu.web.questions import question
from rambu.web.site import Site
from rambu.web.state import Pair, State, data_of, state_of
from rambu.web.subjects import KINDS, begun, one_more
from rambu.web.told import subjects, told
from rambu.web.trouble import problem_data
from rambu.web.view import Asked, Plain, Shown

MOST_AT_ONCE = 40
SPLIT = "|"
DOORS = ("company", "vehicle", "site", "project", "person", "product")


@dataclass(frozen=True)
class Turn:
    """Where the visitor stands after what was just sent."""

    state: State
    focus: Pair | None = None
    below: str = ""
    everything: bool = False
    errors: tuple[RambuError, ...] = ()
    message: str = ""

    @property
    def problems(self) -> list[Plain]:
        """Every complaint."""
        return [problem_data(problem) for error in self.errors for problem in error.problems]


def view(site: Site, asked: Asked) -> Shown:
    """The interview. Raises RambuError for a profile that cannot be read."""
    state = state_of(site, asked)
    turn = taken(state, asked)
    if not turn.state.data:
        return _begin(site, asked, turn)
    _ = turn.state.assessment
    return _ask_all(asked, turn) if turn.everything else _ask(asked, turn)


def taken(state: State, asked: Asked) -> Turn:
    """What was sent, taken in; a wrong answer is said beside its question."""
    action, _, argument = asked.given("do").partition(":")
    pair: Pair = (asked.given("q0.subject"), asked.given("q0.fact"))
    try:
        return _turn(state, asked, action, argument)
    except RambuError as error:
        return Turn(
            state,
            focus=pair if action == "answer" and pair[1] else None,
            below=asked.given("q0.below"),
            everything=action == "many",
            errors=(error,),
        )


def _turn(state: State, asked: Asked, action: str, argument: str) -> Turn:
    match action:
        case "begin":
            return Turn(begun(state, asked))
        case "add":
            return Turn(one_more(state, asked))
        case "upload":
            return _uploaded(state, asked)
        case "remove":
            return Turn(state.with_data(without(state.data, argument)))
        case "all":
            return Turn(state, everything=True)
        case "again":
            return Turn(replace(state, passed=frozenset()))
    if action in ("answer", "skip", "change", "many") and state.data:
        return _answered(state, asked, action, argument)
    return Turn(state)


def _answered(state: State, asked: Asked, action: str, argument: str) -> Turn:
    if action == "many":
        later, errors = take_many(state, asked)
        return Turn(later, everything=bool(errors), errors=tuple(errors))
    if action == "change":
        subject, _, fact = argument.partition(SPLIT)
        return Turn(state, focus=(subject, fact))
    pair = (asked.given("q0.subject"), asked.given("q0.fact"))
    if action == "skip":
        return Turn(state.passing(pair))
    later, pair, below = take(state, asked)
    if not below and _still_asked(later, pair):
        later = later.passing(pair)  # answered as well as it could be: on to the next
    return Turn(later, focus=pair if below else None, below=below)


def _still_asked(state: State, pair: Pair) -> bool:
    return any((one.subject, one.fact) == pair for one in state.assessment.questions)


def _uploaded(state: State, asked: Asked) -> Turn:
    if not asked.upload.strip():
        raise RambuError.of("empty", "no file was chosen, or it is empty", "choose a profile in YAML", "profile")
    document = read(asked.upload, "profile")
    later = replace(state, data=data_of(document), document=document)
    _ = later.assessment
    return Turn(later)


# -- pages


def _begin(site: Site, asked: Asked, turn: Turn) -> Shown:
    kind = asked.given("kind") if asked.given("kind") in KINDS else "company"
    vocabulary, words = site.register.vocabulary, asked.words
    place = asked.given("place").upper() or next(iter(turn.state.scope), "")
    activities = vocabulary.trees.get("activity", {})
    return Shown(
        "assess_begin.html",
        {
            "kind": kind,
            "kinds": [{"value": one, "label": words.say(SUBJECTS[one])} for one in DOORS],
            "place": place,
            "places": [{"value": code, "label": words.country(code)} for code in site.countries],
            "activities": [{"value": one, "label": words.category(one)} for one in activities],
            "problems": turn.problems,
        },
        status=422 if turn.errors else 200,
        hidden=turn.state.hidden(),
        index=not asked.posted and not asked.query,
    )


def _ask(asked: Asked, turn: Turn) -> Shown:
    state = turn.state
    focus = turn.focus if turn.focus and turn.focus[1] and _answerable(state, turn.focus) else _next(state)
    shown = question(state, *focus, asked.words, below=turn.below) if focus else None
    return Shown(
        "assess.html",
        {
            "question": shown,
            "problems": turn.problems,
            **_around(state, asked),
        },
        status=422 if turn.errors else 200,
        hidden=state.hidden(),
        index=False,
    )


def _next(state: State) -> Pair | None:
    found = next_question(state.data, state.assessment, set(state.passed), state.site.register)
    return (found.subject, found.fact) if found else None


def _answerable(state: State, pair: Pair) -> bool:
    subject, fact = pair
    known_fact = known(fact, state.site.register) is not None or "/" in fact
    owner = subject.split(".")[0]
    return known_fact and any(name in (subject, owner) for name, _, _ in subjects(state.data, state.site.register))


def _ask_all(asked: Asked, turn: Turn) -> Shown:
    state = turn.state
    return Shown(
        "assess_all.html",
        {
            "questions": [
                question(state, subject, fact, asked.words, f"q{number}")
                for number, (subject, fact) in enumerate(_most_frequent(state))
            ],
            "problems": turn.problems,
            **_around(state, asked),
        },
        status=422 if turn.errors else 200,
        hidden=state.hidden(),
        index=False,
    )


def _most_frequent(state: State) -> list[Pair]:
    """The facts that enter most of the open findings, by subject."""
    ranked = sorted(state.assessment.questions, key=lambda one: -one.enters)
    pairs = [(one.subject, one.fact) for one in ranked if _answerable(state, (one.subject, one.fact))]
    order = list(dict.fromkeys(subject for subject, _ in pairs))
    return sorted(pairs[:MOST_AT_ONCE], key=lambda pair: order.index(pair[0]))


def _around(state: State, asked: Asked) -> Plain:
    site, words = state.site, asked.words
    return {
        "tally": tally(state),
        "told": told(state.data, site.register, words),
        "passed": list(_passed(state, words)),
        "kinds": [{"value": one, "label": words.say(SUBJECTS[one])} for one in DOORS],
        "owners": [
            {"value": name, "label": words.subject_named(name)}
            for name, kind, _ in subjects(state.data, site.register)
            if kind == "company" and "." not in name
        ],
        "places": [{"value": code, "label": words.country(code)} for code in site.countries],
    }


def _passed(state: State, words: Wording) -> Iterator[Plain]:
    """Questions that were passed over, but for those that were answered as well as could be."""
    given = {(name, fact) for name, _, facts in subjects(state.data, state.site.register) for fact in facts}
    for subject, fact in sorted(state.passed - given):
        if known(fact, state.site.register) or "/" in fact:
            yield {
                "subject": subject,
                "fact": fact,
                "label": words.fact(fact),
                "subject_text": words.subject_named(subject),
            }


def tally(state: State) -> Plain:
    """Three numbers: applies, cannot tell, does not apply."""
    sorts = [sort_of(found) for found in state.assessment.findings]
    verdicts: list[Verdict] = [found.verdict for found in state.assessment.findings]
    ended = sum(sort == "ended" for sort in sorts)
    cannot_tell = sum(sort in OPEN for sort in sorts)
    refused = sum(verdict == "does_not_apply" for verdict in verdicts)
    return {"applies": len(sorts) - ended - cannot_tell - refused, "open": cannot_tell, "refused": refused}
