"""Which conditions of the event rules change what is said of articles, and which could go.

    python -m benchmarks.conditions FILE ... [--modules NAME ...] [--most 30] [--rare 1]

FILE has texts as `newsbeam extract` takes them. All are read once, and it is noted in which of them each condition of
`transforms/events` was true and was false: each `if`, each operand of `and` and `or`, each filter of a comprehension.
Then each is forced, one at a time, in up to `--most` of the texts in which it had come out otherwise: an operand is
left out, a rule never or always applied. Those that change the events of at most `--rare` texts are printed as they
are found. What is printed is a question and no verdict: an operand may guard the next from failing, a pair of rules
may stand in for each other, and the texts may lack what is common elsewhere.

This is mutation analysis (DeMillo, Lipton and Sayward, 1978) with articles in place of tests. Each trial reads a text
again, though its parse is kept: for more than some hundred texts name `--modules`.
"""

import argparse
import ast
import collections
import importlib.abc
import importlib.machinery
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any, NamedTuple

PACKAGE = "transforms.events."
_PROBE = "__condition__"  # the name that an instrumented module calls
_FORCED = {"and": (True,), "or": (False,), "if": (False, True), "else": (False, True), "filter": (True,)}


class Condition(NamedTuple):
    """A condition in the source of a module."""

    module: str
    line: int
    kind: str  # "and", "or": an operand of these; "if"; "else": of `x if y else z`; "filter": of a comprehension
    is_value: bool  # the last operand of what is used as a value: forced only where that is True or False
    source: str


class Finding(NamedTuple):
    """What forcing a condition to `value` did: `changed` of the `tried` texts, of `otherwise` where it was not so."""

    condition: Condition
    value: bool
    changed: int
    tried: int
    otherwise: int


class Board:
    """The conditions of instrumented modules: notes what they come to, or forces one."""

    def __init__(self) -> None:
        self.conditions: list[Condition] = []
        self.seen: set[tuple[int, bool]] = set()
        self.forced: tuple[int, bool] = (-1, False)

    def note(self, number: int, value: Any) -> Any:
        """What the condition of that number comes to: `value`, if it is not forced."""
        if number == self.forced[0]:
            is_kept = self.conditions[number].is_value and not isinstance(value, bool)
            return value if is_kept else self.forced[1]
        self.seen.add((number, bool(value)))
        return value

    def compile(self, source: str, module: str, path: str) -> Any:
        """The code of a module that asks this board for each of its conditions, by the name `__condition__`."""
        tree = _Instrument(self, module, source).visit(ast.parse(source))
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


class _Instrument(ast.NodeTransformer):
    def __init__(self, board: Board, module: str, source: str):
        self.board, self.module, self.source = board, module, source

    def visit_BoolOp(self, node: ast.BoolOp, is_value: bool = True) -> ast.AST:
        kind = "and" if isinstance(node.op, ast.And) else "or"
        last = node.values[-1]
        node.values = [self._probe(each, kind, is_value and each is last, is_value) for each in node.values]
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        return self._visit_test(node, "if")

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        return self._visit_test(node, "else")

    def visit_While(self, node: ast.While) -> ast.AST:
        test, node.test = node.test, ast.Constant(True)
        node = self.generic_visit(node)
        node.test = test  # forced, it might never end
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        node.iter = self.visit(node.iter)
        node.ifs = [self._probe(each, "filter") for each in node.ifs]
        return node

    def _visit_test(self, node: Any, kind: str) -> ast.AST:
        test, node.test = node.test, ast.Constant(True)
        node = self.generic_visit(node)
        node.test = self._probe(test, kind)
        return node

    def _probe(self, node: Any, kind: str, is_last: bool = False, is_value: bool = False) -> ast.Call:
        number, line = len(self.board.conditions), node.lineno
        source = " ".join((ast.get_source_segment(self.source, node) or "").split())
        self.board.conditions.append(Condition(self.module, line, kind, is_last, source))
        call = ast.Call(ast.Name(_PROBE, ast.Load()), [ast.Constant(number), self._inside(node, is_value)], [])
        return ast.copy_location(call, node)

    def _inside(self, node: Any, is_value: bool) -> Any:
        """What is within a condition; of an `and` or `or` that is only asked whether it holds, each operand may go."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            node.operand = self._inside(node.operand, False)
            return node
        return self.visit_BoolOp(node, is_value) if isinstance(node, ast.BoolOp) else self.visit(node)


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, board: Board):
        super().__init__(name, path)
        self.board = board

    def get_code(self, fullname: str) -> Any:
        source = self.get_data(self.path).decode("utf-8")
        return self.board.compile(source, fullname.removeprefix(PACKAGE), self.path)

    def exec_module(self, module: ModuleType) -> None:
        setattr(module, _PROBE, self.board.note)
        super().exec_module(module)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, board: Board):
        self.board = board

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if not fullname.startswith(PACKAGE):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec and spec.origin:
            spec.loader = _Loader(fullname, spec.origin, self.board)
        return spec


def find_idle(
    board: Board, texts: Sequence[Any], tell: Callable[[Any], Any], modules: Sequence[str], most: int, rare: int
) -> Iterator[Finding]:
    """The conditions of `modules`, all if there are none, that change what `tell` says of at most `rare` of `texts`.

    One that fails when another is forced is needed. Texts are drawn by the number of the condition: a second run
    finds the same.
    """
    said, met = [], collections.defaultdict(list)
    for at, text in enumerate(texts):
        board.seen.clear()
        said.append(tell(text))
        for key in board.seen:
            met[key].append(at)
    for number, condition in enumerate(board.conditions):
        for value in _FORCED[condition.kind] if not modules or condition.module in modules else ():
            otherwise = met[number, not value]
            drawn = random.Random(number).sample(otherwise, min(most, len(otherwise)))
            tried = changed = 0
            board.forced = number, value
            while tried < len(drawn) and changed <= rare:
                changed += _says(tell, texts[drawn[tried]]) != said[drawn[tried]]
                tried += 1
            board.forced = -1, False
            if changed <= rare:
                yield Finding(condition, value, changed, tried, len(otherwise))


def _says(tell: Callable[[Any], Any], text: Any) -> Any:
    try:
        return tell(text)
    except Exception as error:  # whatever a rule without its guard does
        return error


def line_of(found: Finding) -> str:
    """A finding as a line for people."""
    where = f"{found.condition.module}:{found.condition.line}"
    if not found.otherwise:
        return f"{where}: [{found.condition.source}] was never {not found.value}"
    forced = f"{found.condition.kind}, forced {found.value}"
    return (
        f"{where}: [{found.condition.source}] {forced}: changes {found.changed} of {found.tried} texts tried, "
        f"of {found.otherwise} where it was {not found.value}"
    )


class _Kept:
    """A language pipeline that reads each text once."""

    def __init__(self, nlp: Any):
        self.nlp, self.parses = nlp, {}
        self.vocab, self.memory_zone = nlp.vocab, nlp.memory_zone

    def pipe(self, texts: Sequence[str], **_: Any) -> Iterator[Any]:
        from spacy.tokens import Doc

        for text in texts:
            if text not in self.parses:
                self.parses[text] = self.nlp(text).to_bytes()
            yield Doc(self.vocab).from_bytes(self.parses[text])


def main() -> None:
    """Prints what could go, as it is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--modules", nargs="+", default=[], metavar="NAME", help="of transforms/events; all")
    parser.add_argument("--most", type=int, default=30, help="texts in which a condition is forced")
    parser.add_argument("--rare", type=int, default=1, help="texts that a condition changes which could go")
    args = parser.parse_args()
    board = Board()
    sys.meta_path.insert(0, _Finder(board))  # before the rules are imported
    from pipeline.config import Config
    from pipeline.texts import read_articles
    from transforms.extract import Reader

    reader = Reader(Config().reading)
    reader.nlp = _Kept(reader.nlp)

    def tell(article: Any) -> Any:
        [told] = reader.tell([article])
        if isinstance(told, Exception):
            raise told
        return tuple(event._replace(confidence=None) for event in told.events)

    articles = [article for path in args.files for article in read_articles(path)]
    print(f"{len(articles)} texts", file=sys.stderr)
    for found in find_idle(board, articles, tell, args.modules, args.most, args.rare):
        print(line_of(found), flush=True)


if __name__ == "__main__":
    main()
