"""Why a finding came out as it did, leaf by leaf: ✓ ✕ ? with what was given, what was asked for, by which source."""

from collections.abc import Iterator
from dataclasses import dataclass

from rambu.expressions.reasons import Input, Reason
from rambu.expressions.span import Span, Truth
from rambu.publish.references import References
from rambu.publish.wording import Wording
from rambu.publish.words import mark
from rambu.register import Address

MARKS: dict[Truth, str] = {True: "✓", False: "✕", None: "?"}
SIGNS = {
    ">=": mark("at least {value}"), ">": mark("more than {value}"), "<=": mark("at most {value}"),
    "<": mark("less than {value}"), "==": mark("exactly {value}"), "!=": mark("other than {value}"),
}  # fmt: skip
MIRROR = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "==": "==", "!=": "!="}
GROUPS = {"and": mark("all of these:"), "or": mark("at least one of these:"), "not": mark("not this:")}


@dataclass(frozen=True, slots=True)
class Because:
    """One line of reasoning."""

    depth: int
    mark: str
    text: str


class Explainer:
    """Puts reasons into words, and remembers which sources they cite."""

    def __init__(self, wording: Wording, references: References) -> None:
        self.wording, self.references = wording, references
        self.say = wording.say

    def lines(self, reason: Reason | None) -> tuple[Because, ...]:
        """Every step of a finding's reason, outermost first."""
        if reason is None:
            return ()
        return tuple(line for part in _parts(reason) for line in self._step(part, 0))

    def _step(self, reason: Reason, depth: int) -> Iterator[Because]:
        match reason.kind:
            case "and" | "or" | "at_least" if len(reason.parts) == 1:
                yield from self._step(reason.parts[0], depth)
            case "and" | "or" | "not" | "at_least":
                yield self._line(reason, depth, self._group(reason))
                for part in reason.parts:
                    yield from self._step(part, depth + 1)
            case "provision":
                yield self._line(reason, depth, self._provision(reason))
                for part in _parts(reason):
                    if not _in_place(part) and part.address != reason.address:
                        yield from self._step(part, depth + 1)
            case _:
                yield self._line(reason, depth, self._leaf(reason))

    @staticmethod
    def _line(reason: Reason, depth: int, text: str) -> Because:
        return Because(depth, MARKS[reason.result], text)

    def _group(self, reason: Reason) -> str:
        if reason.kind == "at_least":
            return self.say("enough of these:")
        if reason.sign == "unless":
            return self.say("unless:")
        if reason.kind == "not" and reason.address is not None:
            return self.say("not displaced by {title}", title=self.wording.title(reason.address))
        return self.say(GROUPS[reason.kind])

    def _provision(self, reason: Reason) -> str:
        title = self.wording.title(reason.address) if reason.address else ""
        own = (reason, *(part for part in _parts(reason) if part.address == reason.address))
        if any(entry.missing for step in own for entry in step.left):
            return self.say("{fact}: not stated", fact=title)
        return title

    def _leaf(self, reason: Reason) -> str:
        match reason.kind:
            case "flag":
                return self._given(reason.left[0])
            case "is_a":
                wanted = self.wording.listed([self.wording.category(name) for name in reason.categories])
                return self.say("{given} — asked for: {wanted}", given=self._given(reason.left[0]), wanted=wanted)
            case "stated":
                title = self.wording.title(reason.address) if reason.address else ""
                return self.say("{fact}: stated", fact=title)
        return self._exists(reason) if reason.sign == "exists" else self._comparison(reason)

    def _exists(self, reason: Reason) -> str:
        words = {
            True: mark("{value}: is given"),
            False: mark("{value}: none is given"),
            None: mark("{value}: open whether it is given"),
        }
        head, *missing = reason.left
        text = self.say(words[reason.result], value=self.wording.measure(head.name))
        return "; ".join([text, *dict.fromkeys(self._given(entry) for entry in missing)])

    def _comparison(self, reason: Reason) -> str:
        left, right, sign = reason.left, reason.right, reason.sign
        if not any(entry.kind == "fact" for entry in left) and any(entry.kind == "fact" for entry in right):
            left, right, sign = right, left, MIRROR[sign]
        given = "; ".join(self._given(entry) for entry in left)
        wanted = self.say(SIGNS[sign], value=" · ".join(self._threshold(entry) for entry in right))
        return self.say("{given} — asked for: {wanted}", given=given, wanted=wanted)

    # -- what entered

    def _given(self, entry: Input) -> str:
        """A fact with what was given, or a value with what it is."""
        if entry.kind != "fact":
            return self._threshold(entry)
        label = self.wording.fact(entry.name)
        return self.say("{fact}: {value}", fact=label, value=self._said(entry))

    def _said(self, entry: Input) -> str:
        if entry.given is True or entry.given is False:
            return self.say("yes") if entry.given else self.say("no")
        if isinstance(entry.given, tuple):
            return self.wording.listed([self.wording.category(name) for name in entry.given]) or self.say("none")
        if isinstance(entry.given, str):
            return entry.given
        if entry.span == Span(True, None, None):
            return self.say("not given")
        return self.wording.span(entry.span, self.wording.unit_of(entry.measure), open_word=self.say("not given"))

    def _threshold(self, entry: Input) -> str:
        if entry.kind == "fact":
            return self._given(entry)
        if entry.kind == "figure" or entry.address is None:
            return self.wording.span(entry.span, self.wording.unit_of(entry.measure))
        value = self.wording.register.provision(entry.address).values[entry.name]
        text = self.wording.span(entry.span, value.unit)
        notes = [self.wording.measure(entry.name)]
        if entry.since is not None:
            notes.append(self.say("since {day}", day=self.wording.day(entry.since)))
        number = self._reference(entry.address, entry.name)
        return f"{text} ({', '.join(notes)}){number}"

    def _reference(self, address: Address, name: str) -> str:
        return self.references.of_value(self.wording.register, address, name)


def _parts(reason: Reason) -> Iterator[Reason]:
    """What a step rests on, with an `and` inside an `and` taken apart."""
    for part in reason.parts:
        if part.kind == "and":
            yield from _parts(part)
        else:
            yield part


def _in_place(reason: Reason) -> bool:
    """The subject stands where the rule reaches: said once, at the top."""
    return reason.result is True and reason.kind == "is_a" and reason.left[0].name == "place"
