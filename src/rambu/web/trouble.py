"""The one shape of an error, for pages and for JSON: what is wrong, and what to do."""

from collections.abc import Iterable

from rambu.errors import Problem
from rambu.publish.wording import Wording
from rambu.publish.words import mark
from rambu.web.view import Plain

WORDS = {
    400: (
        "bad_request",
        mark("The request cannot be read."),
        mark("Send it as the page or the description of the API does."),
    ),
    404: ("not_found", mark("There is no such page."), mark("Search for it, or begin at the start.")),
    405: ("method", mark("This page cannot be asked for in this way."), mark("Open it from the start.")),
    408: ("too_slow", mark("The request took too long to arrive."), mark("Try again.")),
    413: ("too_large", mark("What you sent is too large."), mark("Send at most 256 kB.")),
    414: ("address", mark("The address is too long."), mark("Post the profile instead.")),
    422: (
        "not_understood",
        mark("What you sent cannot be understood."),
        mark("Correct what is named below, and send it again."),
    ),
    500: ("fault", mark("A fault in Rambu itself."), mark("Nothing you typed was kept. Please report what you did.")),
}


def error(status: int, words: Wording, problems: Iterable[Problem] = ()) -> Plain:
    """An error as plain data."""
    known = status if status in WORDS else (400 if status < 500 else 500)
    code, what, do = WORDS[known]
    return {
        "error": {
            "status": status,
            "code": code,
            "what": words.say(what),
            "do": words.say(do),
            "problems": [problem_data(problem) for problem in problems],
        }
    }


def problem_data(problem: Problem) -> Plain:
    """One complaint as plain data."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "what": problem.what,
        "do": problem.do,
    }
