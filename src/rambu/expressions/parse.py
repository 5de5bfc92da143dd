"""Text -> expression, by Python's own parser cut down to what law needs.

The text is never evaluated by Python: `ast.parse` gives a tree, of which only a dozen shapes are accepted.
"""

import ast
import re
import warnings
from fractions import Fraction
from functools import lru_cache

from rambu.expressions.nodes import Among, Arithmetic, Call, Compare, Expression, Junction, Name, Not, Number

LONGEST = 2_000
DEEPEST = 40
FUNCTIONS = ("ceil", "floor", "min", "max", "at_least", "total")
SIGNS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
SIGN_RUN = re.compile(rf"(?:[-+~]\s*|not\s+){{{DEEPEST},}}")
FIGURE = re.compile(r"\d[\d_]*(\.\d+)?\Z")
ADVICE = {
    ast.IfExp: "`a if c else b` is not in the language: use rows",
    ast.Attribute: "one level of dots for roles, two for results of other files",
}


class ExpressionError(Exception):
    """What is wrong with an expression, at which column (from 1), and what to do."""

    def __init__(self, what: str, column: int, do: str) -> None:
        super().__init__(what)
        self.what, self.column, self.do = what, column, do


@lru_cache(maxsize=20_000)
def parse(text: str) -> Expression:
    """Parse a condition or formula. Raises ExpressionError, whatever the text."""
    if len(text) > LONGEST:
        raise ExpressionError(f"expression of {len(text)} characters", 1, f"keep it below {LONGEST}: name its parts")
    _refuse_depth(text)
    return _Reader(text).read(_python_tree(text), 0)


def _refuse_depth(text: str) -> None:
    """Python's parser runs out of stack on deep nesting and on long runs of signs: count them first."""
    depth = 0
    for column, letter in enumerate(text, 1):
        depth += (letter in "([{") - (letter in ")]}")
        if depth > DEEPEST:
            raise ExpressionError("nested too deeply", column, "name its parts as values or provisions")
    if run := SIGN_RUN.search(text):
        raise ExpressionError("too many signs in a row", run.start() + 1, "write the number itself")


def _python_tree(text: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        column = max(error.offset or 1, 1)
        raise ExpressionError(
            f"not an expression ({error.msg})", column, "see register/README.md, Conditions"
        ) from None
    except (MemoryError, RecursionError, ValueError, OverflowError) as error:
        raise ExpressionError(f"cannot be read ({type(error).__name__})", 1, "write it shorter and plainer") from None


class _Reader:
    """Turns the accepted shapes of Python's tree into our nodes."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()

    def read(self, tree: ast.expr, depth: int) -> Expression:
        if depth > DEEPEST:
            raise ExpressionError("nested too deeply", tree.col_offset + 1, "name its parts as values or provisions")
        reader = getattr(self, "_" + type(tree).__name__.lower(), None)
        if reader is None:
            do = ADVICE.get(type(tree), "see register/README.md, Conditions and formulas")
            raise ExpressionError(f"{type(tree).__name__} is not in the language", tree.col_offset + 1, do)
        node: Expression = reader(tree, depth + 1)
        return node

    def _boolop(self, tree: ast.BoolOp, depth: int) -> Expression:
        parts = tuple(self.read(part, depth) for part in tree.values)
        return Junction("and" if isinstance(tree.op, ast.And) else "or", parts, tree.col_offset + 1)

    def _unaryop(self, tree: ast.UnaryOp, depth: int) -> Expression:
        of, column = self.read(tree.operand, depth), tree.col_offset + 1
        if isinstance(tree.op, ast.Not):
            return Not(of, column)
        if isinstance(tree.op, ast.USub):
            return (
                Number(-of.value, column)
                if isinstance(of, Number)
                else Arithmetic("-", Number(Fraction(0), column), of, column)
            )
        raise ExpressionError("this sign is not in the language", column, "leave it out")

    def _binop(self, tree: ast.BinOp, depth: int) -> Expression:
        sign = ARITHMETIC.get(type(tree.op))
        if sign is None:
            raise ExpressionError(
                f"{type(tree.op).__name__} is not in the language", tree.col_offset + 1, "use + - * /"
            )
        left, right = self.read(tree.left, depth), self.read(tree.right, depth)
        return Arithmetic(sign, left, right, tree.col_offset + 1)  # type: ignore[arg-type]

    def _compare(self, tree: ast.Compare, depth: int) -> Expression:
        sides = [tree.left, *tree.comparators]
        links = [self._link(*link, depth) for link in zip(sides, tree.ops, sides[1:], strict=False)]
        return links[0] if len(links) == 1 else Junction("and", tuple(links), tree.col_offset + 1)

    def _link(self, left: ast.expr, sign: ast.cmpop, right: ast.expr, depth: int) -> Expression:
        column = left.col_offset + 1
        if isinstance(sign, ast.In | ast.NotIn):
            among = Among(self._as_name(left, depth), self._group(right, depth), column)
            return among if isinstance(sign, ast.In) else Not(among, column)
        if type(sign) not in SIGNS:
            raise ExpressionError("`is` is not in the language", column, "use == or in")
        return Compare(SIGNS[type(sign)], self.read(left, depth), self.read(right, depth), column)  # type: ignore[arg-type]

    def _group(self, tree: ast.expr, depth: int) -> tuple[Name, ...]:
        members = tree.elts if isinstance(tree, ast.Tuple) else [tree]
        return tuple(self._as_name(member, depth) for member in members)

    def _as_name(self, tree: ast.expr, depth: int) -> Name:
        node = self.read(tree, depth)
        if not isinstance(node, Name):
            raise ExpressionError("a name is wanted here", tree.col_offset + 1, "write a bare fact or category")
        return node

    def _name(self, tree: ast.Name, _: int) -> Expression:
        return Name((tree.id,), tree.col_offset + 1)

    def _attribute(self, tree: ast.Attribute, depth: int) -> Expression:
        owner = self._as_name(tree.value, depth)
        if owner.index is not None or len(owner.path) > 2:
            raise ExpressionError("too many dots", tree.col_offset + 1, ADVICE[ast.Attribute])
        return Name((*owner.path, tree.attr), tree.col_offset + 1)

    def _subscript(self, tree: ast.Subscript, depth: int) -> Expression:
        name, inside = self._as_name(tree.value, depth), self.read(tree.slice, depth)
        if name.index is None and isinstance(inside, Number) and inside.value.denominator == 1 and inside.value <= 0:
            return Name(name.path, name.column, int(inside.value))
        if name.index is None and isinstance(inside, Name) and len(inside.path) == 1 and inside.index is None:
            return Name(name.path, name.column, inside.path[0])
        raise ExpressionError(
            "an index is 0, a year back, or a day", tree.col_offset + 1, "write [0], [-1] or [name of a day]"
        )

    def _constant(self, tree: ast.Constant, _: int) -> Expression:
        written = (ast.get_source_segment(self.text, tree) or "").strip()
        if isinstance(tree.value, bool) or not FIGURE.match(written):
            raise ExpressionError(
                f"{written or tree.value!r} is not a figure",
                tree.col_offset + 1,
                "write digits, or a name without quotes",
            )
        return Number(Fraction(written.replace("_", "")), tree.col_offset + 1)

    def _call(self, tree: ast.Call, depth: int) -> Expression:
        called = tree.func.id if isinstance(tree.func, ast.Name) else ""
        if called not in FUNCTIONS or tree.keywords or not tree.args:
            raise ExpressionError("not a function of the language", tree.col_offset + 1, "use " + ", ".join(FUNCTIONS))
        return Call(called, tuple(self.read(part, depth) for part in tree.args), tree.col_offset + 1)  # type: ignore[arg-type]
