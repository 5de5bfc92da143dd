"""The API: assess a profile, or ask what to answer next; described at /api/openapi.json."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from rambu.errors import RambuError
from rambu.interview import next_question
from rambu.publish.as_json import as_json
from rambu.strict_yaml import read
from rambu.web.language import LANGUAGES
from rambu.web.pages.assess import tally
from rambu.web.questions import question
from rambu.web.render import as_text
from rambu.web.sane import sane
from rambu.web.site import Site
from rambu.web.state import State, data_of
from rambu.web.trouble import error
from rambu.web.view import Plain, day_of

JSON = "application/json"
PRIVATE = {"Cache-Control": "no-store"}


class ProblemOut(BaseModel):
    """One complaint."""

    file: str
    line: int
    column: int
    code: str
    what: str
    do: str


class ErrorBody(BaseModel):
    """What is wrong, and what to do."""

    status: int
    code: str
    what: str
    do: str
    problems: list[ProblemOut]


class ErrorOut(BaseModel):
    """The one shape of an error."""

    error: ErrorBody


class Asking(BaseModel):
    """A profile, as data or as YAML, and the days and countries that it is asked about."""

    model_config = ConfigDict(extra="forbid")

    profile: Annotated[dict[str, Any] | str, Field(description="as in register/README.md, Profiles")]
    as_of: Annotated[date | None, Field(description="the day asked about; default: today")] = None
    known_on: Annotated[date | None, Field(description="announcements count up to this day")] = None
    jurisdictions: Annotated[
        list[str] | None, Field(max_length=20, description="codes; default: where the profile is")
    ] = None
    lang: Annotated[
        str, Field(description=f"one of {', '.join(LANGUAGES)}", json_schema_extra={"enum": list(LANGUAGES)})
    ] = "en"


class AskingNext(Asking):
    """The same, with the questions that were passed over."""

    passed: Annotated[list[tuple[str, str]], Field(max_length=500, description="pairs of subject and fact")] = []


ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorOut, "description": text}
    for status, text in ((400, "not readable"), (408, "too slow"), (413, "too large"), (422, "not understood"))
}
Kind = Literal["assess", "ask"]


def add_routes(app: FastAPI, site: Site) -> None:
    """Both routes."""

    def assess(asking: Asking) -> Response:
        """What applies to a profile, with reasons, values, sources and what is still missing."""
        return _answer(site, asking, "assess")

    def ask(asking: AskingNext) -> Response:
        """The question that settles most, and how many findings apply, do not, or cannot be told."""
        return _answer(site, asking, "ask")

    known: dict[int | str, dict[str, Any]] = {
        200: {"description": "the answer", "content": {JSON: {"schema": {"type": "object"}}}},
        **ERRORS,
    }
    app.add_api_route("/api/assess", assess, methods=["POST"], responses=known, response_class=Response)
    app.add_api_route("/api/ask", ask, methods=["POST"], responses=known, response_class=Response)
    app.add_api_route("/api", _described, include_in_schema=False)


def _described(request: Request) -> Response:
    return Response(as_text(request.app.openapi()), media_type=JSON)


def _answer(site: Site, asking: Asking, kind: Kind) -> Response:
    words = site.words.get(asking.lang) or site.words["en"]
    try:
        state = _state(site, asking)
        made = as_json(state.assessment, words, site.version) if kind == "assess" else _next(state, asking)
    except RambuError as wrong:
        return Response(as_text(error(422, words, wrong.problems)), 422, PRIVATE, JSON)
    return Response(as_text(made), 200, PRIVATE, JSON)


def _state(site: Site, asking: Asking) -> State:
    """What was sent. Raises RambuError."""
    if asking.lang not in site.words:
        raise RambuError.of("unknown", "unknown language", f"write one of {', '.join(site.words)}", "lang")
    known = site.register.vocabulary.jurisdictions
    scope = tuple(dict.fromkeys(code.upper() for code in asking.jurisdictions or ()))
    if any(code not in known for code in scope):
        raise RambuError.of("unknown", "unknown jurisdiction", f"write codes: {', '.join(known)}", "jurisdictions")
    days = [
        day_of(day.isoformat(), name) if day else None
        for day, name in ((asking.as_of, "as_of"), (asking.known_on, "known_on"))
    ]
    as_of, known_on = site.when(*days)
    if isinstance(asking.profile, str):
        document = read(asking.profile, "profile")
        return State(site, data_of(document), as_of, known_on, scope=scope, document=document)
    return State(site, sane(asking.profile), as_of, known_on, scope=scope)


def _next(state: State, asking: Asking) -> Plain:
    words = state.site.words[asking.lang]
    passed = {(subject, fact) for subject, fact in asking.passed} if isinstance(asking, AskingNext) else set()
    found = next_question(state.data, state.assessment, passed, state.site.register)
    return {
        "as_of": state.as_of.isoformat(),
        "known_on": state.known_on.isoformat(),
        "question": question(state, found.subject, found.fact, words) if found else None,
        "tally": tally(state),
        "left": len(state.assessment.questions),
        "versions": {"rambu": state.site.version, "register": state.site.register.version},
    }
