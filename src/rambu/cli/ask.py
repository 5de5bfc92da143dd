"""`rambu ask`: an interview, the question first that settles most."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rambu.cli.edge import AsOf, KnownOn, Lang, RegisterPath, Within, countries, days, load_register, report, wording
from rambu.errors import RambuError

if TYPE_CHECKING:
    from datetime import date

    from rambu.assess import Assessment, Question
    from rambu.publish.wording import Wording
    from rambu.register import Register
    from rambu.rules import Rules

KINDS = ("company", "site", "vehicle", "project", "product", "person")
STOP = ""


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="ask")(ask)


def ask(
    file: Annotated[Path | None, typer.Argument(help="A profile to go on with.")] = None,
    write: Annotated[Path | None, typer.Option("--write", help="Where to write the profile.")] = None,
    as_of: AsOf = "",
    known_on: KnownOn = "",
    within: Within = "",
    lang: Lang = "en",
    register: RegisterPath = None,
) -> None:
    """An interview. Answer, or ? for "I do not know"; an empty line or Ctrl-D stops."""
    from rambu.rules import Rules
    from rambu.strict_yaml import read_file

    loaded = load_register(register)
    talk = _Talk(Rules(loaded), wording(loaded, lang), days(as_of, known_on), countries(within, loaded))
    data: Any = read_file(file).data if file else talk.begin()
    if isinstance(data, dict) and data:
        talk.go_on(data)
        talk.end(write)


class _Talk:
    """One interview on a terminal."""

    def __init__(self, rules: "Rules", words: "Wording", on: "tuple[date, date]", scope: list[str] | None) -> None:
        self.rules, self.words, self.say, self.on, self.scope = rules, words, words.say, on, scope
        self.register: Register = rules.register
        self.data: dict[str, Any] = {}
        self.passed: set[tuple[str, str]] = set()

    # -- one line in

    def line(self, prompt: str) -> str:
        """What was typed; nothing at the end of the input."""
        print(prompt, end="", flush=True)
        return sys.stdin.readline().strip()

    def pick(self, names: list[str], label: Callable[[str], str], prompt: str) -> str:
        """One of several by number, name or label, `?` or nothing."""
        for number, name in enumerate(names, 1):
            print(f"  {number:>2}  {label(name)}")
        while (text := self.line(f"{prompt} > ")) not in (STOP, "?"):
            spellings = {
                **{label(name).casefold(): name for name in names},
                **{name.casefold(): name for name in names},
            }
            spellings |= {str(number): name for number, name in enumerate(names, 1)}
            if text.casefold() in spellings:
                return spellings[text.casefold()]
            print(
                self.say("Write a number from 1 to {last}, ? if you do not know, or nothing to stop.", last=len(names))
            )
        return text

    # -- the interview

    def begin(self) -> dict[str, Any]:
        """Without a file: about what, where, doing what."""
        from rambu.publish.words import SUBJECTS

        print(self.say("About what do you ask?"))
        kind = self.pick(list(KINDS), lambda name: self.say(SUBJECTS[name]), self.say("Number"))
        if kind in (STOP, "?"):
            return {}
        data: dict[str, Any] = {kind: {}}
        for fact in ("place", "activity"):
            if self.register.vocabulary.facts[fact].about(kind):
                print(f"\n{self.words.question(fact)}")
                chosen = self.category(fact)
                if chosen == STOP:
                    break
                if chosen != "?":
                    data[kind][fact] = chosen
        return data if data[kind] else {}

    def category(self, fact: str) -> str:
        """A category, from the root of its tree downwards for as long as the answers go."""
        from rambu.interview import choices

        found, names = "", choices(self.register.vocabulary, fact)
        while names:
            chosen = self.pick(names, self.words.category, self.say("Number, or ? if you do not know"))
            if chosen in (STOP, "?"):
                return found or chosen
            found, names = chosen, choices(self.register.vocabulary, fact, chosen)
        return found

    def go_on(self, data: dict[str, Any]) -> None:
        """Ask until nothing is left to ask or the answers stop."""
        from rambu.interview import next_question

        self.data, now = data, self.assess(data)
        while (question := next_question(self.data, now, self.passed, self.register)) is not None:
            answer = self.put(question, now)
            if answer == STOP:
                return
            if answer == "?":
                self.passed.add((question.subject, question.fact))
                continue
            try:
                later = self.take(question, answer)
            except RambuError as error:
                report(error.problems)
                continue
            print(self.progress(now, later))
            now = later

    def assess(self, data: dict[str, Any]) -> "Assessment":
        from rambu.assess import assess
        from rambu.interview import read

        return assess(self.rules, read(data, self.register), *self.on, self.scope)

    def put(self, question: "Question", now: "Assessment") -> str:
        """Ask one question, and say why."""
        from rambu.interview import known
        from rambu.publish.answer import question_line
        from rambu.publish.sorting import OPEN, sort_of

        total = sum(sort_of(found) in OPEN for found in now.findings)
        print(f"\n{question_line(question, total, self.words)}")
        fact = known(question.fact, self.register)
        if fact is None:
            return self.line(self.say("yes, no or ? > "))
        print(f"  {fact.definition}")
        if fact.type == "category" and not fact.many:
            return self.category(question.fact)
        return self.line(f"{self.hint(question.fact)} > ")

    def hint(self, name: str) -> str:
        """How an answer may be written."""
        from rambu.interview import choices, known

        fact = known(name, self.register)
        if fact is None or fact.type == "boolean":
            return self.say("yes, no or ?")
        if fact.type == "category":
            return self.say("one or several of {names}, or ?", names=", ".join(choices(self.register.vocabulary, name)))
        if fact.type == "money":
            return self.say("amount with currency, such as 5_000_000 KRW, a range such as 1..2 KRW, or ?")
        if fact.type in ("date", "month_day"):
            return self.say("a day such as 2026-03-31 (or 03-31), or ?")
        return self.say("a number ({unit}), a range such as 300..500, or ?", unit=fact.unit or self.say("count"))

    def take(self, question: "Question", answer: str) -> "Assessment":
        """The profile with the answer, assessed. Raises RambuError if it cannot be."""
        from rambu.interview import known, value_of, with_answer

        fact = known(question.fact, self.register)
        data = with_answer(self.data, question.subject, question.fact, value_of(answer, fact))
        later = self.assess(data)
        self.data = data
        return later

    def progress(self, before: "Assessment", after: "Assessment") -> str:
        from rambu.publish.sorting import OPEN, sort_of

        left, was = (sum(sort_of(found) in OPEN for found in one.findings) for one in (after, before))
        return self.say("{left} open, {was} before.", left=left, was=was)

    def end(self, write: Path | None) -> None:
        """The result in one line, and the profile in a file."""
        from rambu import __version__
        from rambu.interview import as_yaml
        from rambu.publish.answer import page

        print(f"\n{page(self.assess(self.data), self.words, __version__).headline}")
        if write is None:
            print(f"\n{as_yaml(self.data)}", end="")
            return
        try:
            write.write_text(as_yaml(self.data), "utf-8")
        except OSError as error:
            raise RambuError.of(
                "unwritable", f"cannot be written: {error.strerror}", "name another file", str(write)
            ) from None
        print(self.say("Written to {file}. The whole answer: rambu assess {file}", file=write))
