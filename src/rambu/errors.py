"""What is wrong with an input, where, and what to do about it: the one shape in which rambu complains."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

LONGEST_WORD = 100  # characters; comparing longer ones takes time and suggests nothing


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One complaint; line and column count from 1, and 0 says that they are not known."""

    file: str
    line: int
    column: int
    code: str
    what: str
    do: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])
        return f"{place}: [{self.code}] {self.what} → {self.do}".removeprefix(": ")


class RambuError(Exception):
    """Everything that was found wrong in one run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    @classmethod
    def of(cls, code: str, what: str, do: str, file: str = "", line: int = 0, column: int = 0) -> "RambuError":
        """An error of a single problem."""
        return cls([Problem(file, line, column, code, what, do)])

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        return "\n".join(lines if len(lines) == 1 else [f"{len(lines)} problems", *lines])


def likely(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant by a misspelt word, in whichever case it was written."""
    if len(word) > LONGEST_WORD:
        return None
    spellings = {choice.casefold(): choice for choice in choices}
    closest = get_close_matches(word.casefold(), spellings, n=1)
    return spellings[closest[0]] if closest else None
