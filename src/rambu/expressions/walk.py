"""One walker over conditions and formulas; an algebra says what each step means.

With the algebra of one subject a step becomes a function that answers with reasons; with the algebra of columns it
becomes a column of a table. Walking also checks names, types, units and categories. `trees.py` adds value trees.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic

from rambu.errors import likely
from rambu.expressions.algebra import Algebra, N, T
from rambu.expressions.nodes import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Junction,
    Name,
    Not,
    Number,
)
from rambu.expressions.parse import ExpressionError, parse
from rambu.expressions.resolve import FactRef, ProvisionRef, Scope
from rambu.units import DATE, PLAIN, TEXT, Measure


@dataclass(frozen=True, slots=True)
class Kind:
    """What an expression yields: truth, category (with its tree), or number (None: a bare figure)."""

    word: str
    measure: Measure | None = None
    tree: str = ""


TRUTH = Kind("truth")
FIGURE = Kind("number")


class ExpressionWalker(Generic[T, N]):
    """Walks the conditions and formulas of one provision."""

    def __init__(self, scope: Scope, algebra: Algebra[T, N]) -> None:
        self.scope, self.algebra = scope, algebra
        self.units = scope.register.units
        self.figures_allowed = True

    # -- conditions

    def condition(self, text: str) -> T:
        """A condition: true, false or unknown. Figures other than 0 and 1 are refused. Raises ExpressionError."""
        self.figures_allowed = False
        try:
            return self.truth(parse(text))
        finally:
            self.figures_allowed = True

    def truth(self, node: Expression) -> T:
        """An expression that must be a truth."""
        match node:
            case Not(of):
                return self.algebra.negate(self.truth(of))
            case Junction(word, parts):
                junction = self.algebra.every if word == "and" else self.algebra.some
                return junction([self.truth(part) for part in parts])
            case Compare():
                return self._compare(node)
            case Among(name, categories):
                return self._is_a(name, categories)
            case Call("at_least", arguments, column):
                return self._at_least(arguments, column)
            case Name():
                return self._named_truth(node)
        raise ExpressionError("a condition is wanted, this is a number", node.column, "compare it with a named value")

    def _named_truth(self, name: Name) -> T:
        ref = self.scope.resolve(name)
        if isinstance(ref, ProvisionRef):
            return self.algebra.applies(ref)
        if isinstance(ref, FactRef) and (ref.aggregate == "any" or self.scope.fact(ref).type == "boolean"):
            return self.algebra.flag(self._about(ref, name))
        raise ExpressionError(f"{name.text} is no yes-or-no", name.column, "compare it, or test it with `in`")

    def _at_least(self, arguments: tuple[Expression, ...], column: int) -> T:
        head, *rest = arguments
        if not isinstance(head, Number) or head.value.denominator != 1 or not rest:
            raise ExpressionError(
                "at_least(k, a, b, …) begins with a whole number", column, "write at_least(2, a, b, c)"
            )
        return self.algebra.at_least(int(head.value), [self.truth(part) for part in rest])

    def _compare(self, node: Compare) -> T:
        left, right = node.left, node.right
        if isinstance(left, Name) and self._is_category(left):
            return self._category_comparison(node, left)
        kinds = self.kind(left), self.kind(right)
        for side, kind in zip((left, right), kinds, strict=True):
            if kind.word != "number":
                raise ExpressionError(
                    f"a {kind.word} cannot be compared by size", side.column, "compare numbers or days"
                )
        wanted = self._local(self._common(kinds[0], kinds[1], node.column) or PLAIN)
        equal = self.algebra.compare(
            node.sign if node.sign != "!=" else "==", self.number(left, wanted), self.number(right, wanted)
        )
        return self.algebra.negate(equal) if node.sign == "!=" else equal

    def _category_comparison(self, node: Compare, left: Name) -> T:
        if node.sign not in ("==", "!=") or not isinstance(node.right, Name):
            raise ExpressionError("categories are compared with ==, != or in", node.column, "write a bare category")
        found = self._is_a(left, (node.right,))
        return self.algebra.negate(found) if node.sign == "!=" else found

    def _is_category(self, name: Name) -> bool:
        ref = self.scope.resolve(name)
        return isinstance(ref, FactRef) and ref.name != "fy_end" and self.scope.fact(ref).type == "category"

    def _is_a(self, name: Name, categories: tuple[Name, ...]) -> T:
        ref = self.scope.resolve(name)
        if not isinstance(ref, FactRef) or self.scope.fact(ref).type != "category":
            raise ExpressionError(
                f"{name.text} has no categories", name.column, "use == or in with a fact of type category"
            )
        tree = self.scope.register.vocabulary.tree_name(ref.name)
        return self.algebra.is_a(self._about(ref, name), tuple(self._category(wanted, tree) for wanted in categories))

    def _category(self, name: Name, tree: str) -> str:
        vocabulary = self.scope.register.vocabulary
        if vocabulary.tree_of.get(name.text) == tree:
            return name.text
        guess = likely(name.text, [known for known, home in vocabulary.tree_of.items() if home == tree])
        do = f"did you mean {guess}?" if guess else "give it to the vocabulary"
        raise ExpressionError(f"{name.text} is not in the tree {tree}", name.column, do)

    def _about(self, ref: FactRef, name: Name) -> FactRef:
        if ref.name == "fy_end":
            return ref
        fact, kinds = self.scope.fact(ref), self.scope.kinds(ref.role)
        asked = ("site",) if ref.aggregate else kinds
        if ref.aggregate and "company" not in kinds:
            raise ExpressionError(
                f"{name.text} is taken over the sites of a company",
                name.column,
                "drop the ending, or ask it of the company",
            )
        if not any(fact.about(kind) for kind in asked):
            raise ExpressionError(
                f"{name.text} is no fact of a {kinds[0]}",
                name.column,
                "ask it of the right subject, or through a role",
            )
        return ref

    # -- numbers, days and formulas

    def kind(self, node: Expression) -> Kind:
        """What an expression yields, without walking it."""
        match node:
            case Number():
                return FIGURE
            case Name():
                return self._named_kind(node)
            case Arithmetic("+" | "-", left, right, column):
                return Kind("number", self._common(self._numeric(left), self._numeric(right), column))
            case Arithmetic(_, left, right):
                return self._product(self._numeric(left), self._numeric(right))
            case Call("ceil" | "floor" | "min" | "max" | "total", arguments, column):
                kinds = [self._numeric(part) for part in arguments]
                common = kinds[0]
                for other in kinds[1:]:
                    common = Kind("number", self._common(common, other, column))
                return common
        return TRUTH

    def _numeric(self, node: Expression) -> Kind:
        kind = self.kind(node)
        if kind.word != "number":
            raise ExpressionError(
                f"a number is wanted, this is a {kind.word}",
                node.column,
                "compare it, or use it in a condition",
            )
        return kind

    def _named_kind(self, name: Name) -> Kind:
        ref = self.scope.resolve(name)
        if isinstance(ref, ProvisionRef):
            return TRUTH
        if isinstance(ref, FactRef) and ref.name != "fy_end":
            fact = self.scope.fact(ref)
            if fact.type == "boolean" or ref.aggregate == "any":
                return TRUTH
            if fact.type in ("category", "text", "month_day"):
                return Kind(fact.type, tree=self.scope.register.vocabulary.tree_name(ref.name))
        measure = DATE if isinstance(ref, FactRef) and ref.name == "fy_end" else self.scope.measure(ref)
        return Kind("text") if measure == TEXT else Kind("number", measure)

    def _common(self, left: Kind, right: Kind, column: int) -> Measure | None:
        """The unit in which two sides meet: the one that names a currency rather than any money."""
        if left.measure is None or right.measure is None:
            return left.measure or right.measure
        if not left.measure.agrees(right.measure):
            raise ExpressionError(
                "the two sides have different units",
                column,
                "compare like with like, or fix the unit of the value",
            )
        if left.measure.currency == "money" and right.measure.currency == "money":
            return left.measure.in_currency(self.scope.currency)
        return right.measure if right.measure.bases and left.measure.currency in (None, "money") else left.measure

    @staticmethod
    def _product(left: Kind, right: Kind) -> Kind:
        if left.measure is None or right.measure is None:
            return FIGURE
        return Kind("number", left.measure.times(right.measure))

    def number(self, node: Expression, wanted: Measure) -> N:
        """An expression that must be a number or day, in the wanted unit."""
        match node:
            case Number(value, column):
                return self._figure(value, column)
            case Name():
                return self._leaf(node, wanted)
            case Arithmetic("+", left, right):
                return self.algebra.add(self.number(left, wanted), self.number(right, wanted))
            case Arithmetic("-", left, right):
                return self.algebra.subtract(self.number(left, wanted), self.number(right, wanted))
            case Arithmetic("*", left, right):
                return self._multiply(left, right, wanted)
            case Arithmetic("/", left, Number(value, column)):
                if value == 0:
                    raise ExpressionError("division by zero", column, "divide by another constant")
                return self.algebra.scale(self._beside_figure(left, wanted), 1 / value)
            case Arithmetic(_, _, right):
                raise ExpressionError(
                    "division by something that is no constant",
                    right.column,
                    "multiply the other side instead",
                )
            case Call():
                return self._call(node, wanted)
        raise ExpressionError(
            "a number is wanted, this is a condition",
            node.column,
            "use rows to turn a condition into a number",
        )

    def _figure(self, value: Fraction, column: int) -> N:
        if not self.figures_allowed and value not in (0, 1):
            raise ExpressionError(
                f"the figure {float(value):g} stands in a condition",
                column,
                "give it a name under values, with its source",
            )
        return self.algebra.constant(int(value) if value.denominator == 1 else value)

    def _leaf(self, name: Name, wanted: Measure) -> N:
        ref, kind = self.scope.resolve(name), self._numeric(name)
        measure = kind.measure
        if isinstance(ref, ProvisionRef) or measure is None:
            raise ExpressionError(f"{name.text} is no number", name.column, "use it in a condition")
        if not measure.agrees(wanted):
            raise ExpressionError(
                f"{name.text} has another unit", name.column, "fix the unit of the value, or of the formula"
            )
        if isinstance(ref, FactRef):
            return self.algebra.fact(self._about(ref, name), measure, wanted)
        if not self.scope.reads(ref):
            raise ExpressionError(
                f"{name.text} is a value of a site",
                name.column,
                "state the figure in this provision too, with its source",
            )
        value = self.algebra.value(ref)
        return value if measure == wanted else self._rescale(value, measure, wanted)

    def _rescale(self, number: N, given: Measure, wanted: Measure) -> N:
        if given.bases == wanted.bases:
            return self.algebra.scale(number, given.scale / wanted.scale) if given.scale != wanted.scale else number
        return self.algebra.convert(number, given, wanted)

    def _beside_figure(self, node: Expression, wanted: Measure) -> N:
        """A factor beside a bare figure keeps the wanted unit if it has it; else it is a plain number of its own."""
        own = self._numeric(node).measure
        return self.number(node, wanted if own is None or own.agrees(wanted) else self._local(own))

    def _local(self, measure: Measure) -> Measure:
        return measure.in_currency(self.scope.currency)

    def _multiply(self, left: Expression, right: Expression, wanted: Measure) -> N:
        ours, theirs = self._numeric(left).measure, self._numeric(right).measure
        if ours is None or theirs is None:
            return self.algebra.multiply(self._beside_figure(left, wanted), self._beside_figure(right, wanted))
        currency = wanted.currency or self.scope.currency
        ours, theirs = ours.in_currency(currency), theirs.in_currency(currency)
        product = ours.times(theirs)
        if not product.agrees(wanted):
            raise ExpressionError(
                "the product has another unit than its value", left.column, "check the units of both factors"
            )
        return self._rescale(
            self.algebra.multiply(self.number(left, ours), self.number(right, theirs)), product, wanted
        )

    def _call(self, node: Call, wanted: Measure) -> N:
        if node.function == "at_least":
            raise ExpressionError("at_least is a condition", node.column, "use it where a condition stands")
        if node.function in ("ceil", "floor"):
            if len(node.arguments) != 1:
                raise ExpressionError(
                    f"{node.function} takes one number", node.column, "write it around the whole formula"
                )
            rounded = self._beside_figure(node.arguments[0], wanted)
            return self.algebra.ceil(rounded) if node.function == "ceil" else self.algebra.floor(rounded)
        parts = [self.number(part, wanted) for part in node.arguments]
        functions: dict[str, Callable[[Sequence[N]], N]] = {
            "min": self.algebra.least, "max": self.algebra.most, "total": self.algebra.total,
        }  # fmt: skip
        return functions[node.function](parts)
