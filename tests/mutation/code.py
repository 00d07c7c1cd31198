"""Changes to the code of a rule that a case of law must notice.

Not changed are words (names, articles, sentences), annotations, and arguments that
say how something is worked out rather than what (:data:`HOW`).
"""

import ast
from collections.abc import Callable, Iterator

from mutasi.vocabulary import GovernmentKind, PositionKind, Route
from tests.mutation.mutant import Edit

HOW = {"dtype", "encoding", "eq", "frozen", "repr", "strict"}
"""Arguments that decide nothing."""

COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<", "<=", ">="),
    ast.LtE: ("<=", "<", ">"),
    ast.Gt: (">", ">=", "<="),
    ast.GtE: (">=", ">", "<"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
"""How a comparison is written, and what is written instead: by a hair, and the opposite."""

OPERATORS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
}
OPPOSITES = ("any all", "min max", "minimum maximum", "fmin fmax", "ceil floor")
OPPOSITE = {
    name: other for pair in OPPOSITES for name, other in (pair.split(), reversed(pair.split()))
}
MEMBERS = {
    "Severity": ["BLOCKS", "WARNS", "INFORMS"],
    "GovernmentKind": list(GovernmentKind.__members__),
    "PositionKind": list(PositionKind.__members__),
    "Route": list(Route.__members__),
}
DROPPED = ("False", "False", "{}", "None")
"""What stands for what a judgement would say: not broken, not unknown, no fact, no day."""


class Source:
    """Code with the bytes of each node.

    >>> source = Source("1 + (2)")
    >>> [source.text_of(node) for node in source.nodes() if isinstance(node, ast.Constant)]
    ['1', '2']
    """

    def __init__(self, code: str) -> None:
        self.tree = ast.parse(code)
        self._bytes = code.encode()
        lengths = [len(line) for line in self._bytes.splitlines(keepends=True)]
        self._lines = [sum(lengths[:place]) for place in range(len(lengths) + 1)]

    def start(self, node: ast.expr | ast.keyword) -> int:
        """Return where a node begins."""
        return self._lines[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.keyword) -> int:
        """Return where a node has ended."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._lines[node.end_lineno - 1] + node.end_col_offset

    def between(self, start: int, end: int) -> str:
        """Return the text between two places."""
        return self._bytes[start:end].decode()

    def text_of(self, node: ast.expr | ast.keyword) -> str:
        """Return the text of a node."""
        return self.between(self.start(node), self.end(node))

    def instead(self, node: ast.expr | ast.keyword, text: str) -> Edit:
        """Return the edit that writes something else for a node."""
        return self.start(node), self.end(node), text

    def nodes(self) -> Iterator[ast.AST]:
        """Yield what can be changed, in order: no annotations, no words, nothing that says how."""
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            yield node
            below = [
                child
                for name, value in ast.iter_fields(node)
                if name not in {"annotation", "returns"}
                for child in (value if isinstance(value, list) else [value])
            ]
            waiting += [child for child in reversed(below) if _is_open(child)]


def edits(code: str) -> Iterator[Edit]:
    """Yield every change to some code, in order."""
    source = Source(code)
    for node in source.nodes():
        for kind, changes in CHANGES.items():
            if isinstance(node, kind):
                yield from changes(source, node)


def _is_open(node: object) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg not in HOW
    return isinstance(node, ast.AST) and not isinstance(node, ast.JoinedStr)


def _comparison(source: Source, node: ast.Compare) -> Iterator[Edit]:
    if len(node.ops) == 1:
        written, *others = COMPARISONS[type(node.ops[0])]
        for other in others:
            yield _operator(source, node.left, node.comparators[0], written, other)


def _operation(source: Source, node: ast.BinOp) -> Iterator[Edit]:
    if type(node.op) not in OPERATORS:
        return
    written, other = OPERATORS[type(node.op)]
    start, end, text = _operator(source, node.left, node.right, written, other)
    before = source.between(source.start(node), start)
    after = source.between(end, source.end(node))
    yield source.instead(node, f"({before}{text}{after})")
    if written in {"&", "|"}:
        yield source.instead(node, f"({source.text_of(node.left)})")
        yield source.instead(node, f"({source.text_of(node.right)})")


def _operator(source: Source, left: ast.expr, right: ast.expr, written: str, other: str) -> Edit:
    start, end = source.end(left), source.start(right)
    return start, end, source.between(start, end).replace(written, other, 1)


def _choice(source: Source, node: ast.BoolOp) -> Iterator[Edit]:
    for value in node.values:
        yield source.instead(node, f"({source.text_of(value)})")


def _denial(source: Source, node: ast.UnaryOp) -> Iterator[Edit]:
    yield source.instead(node, f"({source.text_of(node.operand)})")


def _constant(source: Source, node: ast.Constant) -> Iterator[Edit]:
    if isinstance(node.value, bool):
        yield source.instead(node, str(not node.value))
    elif isinstance(node.value, int | float):
        yield source.instead(node, repr(node.value + 1))
        yield source.instead(node, repr(node.value - 1))
    elif node.value in {"left", "right"}:
        yield source.instead(node, '"left"' if node.value == "right" else '"right"')


def _member(source: Source, node: ast.Attribute) -> Iterator[Edit]:
    names = MEMBERS.get(node.value.id, []) if isinstance(node.value, ast.Name) else []
    if node.attr in names:
        after = names[(names.index(node.attr) + 1) % len(names)]
        yield source.instead(node, f"{source.text_of(node.value)}.{after}")


def _condition(source: Source, node: ast.If | ast.IfExp | ast.comprehension) -> Iterator[Edit]:
    tests = node.ifs if isinstance(node, ast.comprehension) else [node.test]
    for test in tests:
        if not isinstance(test, ast.Compare):
            yield source.instead(test, f"(not ({source.text_of(test)}))")


def _call(source: Source, node: ast.Call) -> Iterator[Edit]:
    name = source.text_of(node.func).rpartition(".")[2]
    end = source.end(node.func)
    if name in OPPOSITE:
        yield end - len(name), end, OPPOSITE[name]
    if name in {"isnan", "isnat"}:
        yield source.instead(node, f"np.zeros(np.shape({source.text_of(node.args[0])}), bool)")
    if name == "nan_to_num":
        yield source.instead(node, source.text_of(node.args[0]))
    if name == "clip" and isinstance(node.func, ast.Attribute):
        yield source.instead(node, source.text_of(node.func.value))
    if name == "where" and len(node.args) == 3:
        _, this, that = node.args
        space = source.between(source.end(this), source.start(that))
        yield (
            source.start(this),
            source.end(that),
            "".join((source.text_of(that), space, source.text_of(this))),
        )
    if name == "rule":
        yield from _flags(source, node)
    yield from _arguments(source, node, name)


def _arguments(source: Source, node: ast.Call, name: str) -> Iterator[Edit]:
    """Drop what is said by name, and what a judgement says."""
    if name == "Judgement":
        for argument, nothing in zip(node.args, DROPPED, strict=False):
            yield source.instead(argument, nothing)
    for keyword in node.keywords:
        if keyword.arg == "breached":
            yield source.instead(keyword.value, "False")
        elif keyword.arg not in {*HOW, "basis", None} and not _is_flag(keyword.value):
            start, end = source.start(keyword), source.end(keyword)
            yield start, end + (source.between(end, end + 1) == ","), ""


def _flags(source: Source, node: ast.Call) -> Iterator[Edit]:
    """Make a rule one that warns, or one of the person, where it says nothing of it."""
    said = {keyword.arg: keyword for keyword in node.keywords}
    for name, value in (("severity", '"warns"'), ("of_person", "True")):
        if name not in said and "basis" in said:
            basis = said["basis"]
            yield source.instead(basis, f"{source.text_of(basis)}, {name}={value}")


def _is_flag(value: ast.expr) -> bool:
    """Return whether a value is True or False, which is changed anyway."""
    return isinstance(value, ast.Constant) and isinstance(value.value, bool)


CHANGES: dict[type[ast.AST] | tuple[type[ast.AST], ...], Callable[..., Iterator[Edit]]] = {
    ast.Compare: _comparison,
    ast.BinOp: _operation,
    ast.BoolOp: _choice,
    ast.UnaryOp: _denial,
    ast.Constant: _constant,
    ast.Attribute: _member,
    (ast.If, ast.IfExp, ast.comprehension): _condition,
    ast.Call: _call,
}
"""How each kind of node is changed."""
