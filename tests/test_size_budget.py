"""A file, a function or a template that outgrows its budget is asked to become two."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_CODE = ("motcua", "kiosk", "queue", "counter", "display", "reports", "benchmarks", "tests")
_FILE_LINES = 300
_FUNCTION_LINES = 25
_TEMPLATE_LINES = 80
_NAMES_THAT_SAY_NOTHING = frozenset(
    {"base", "common", "core", "helper", "helpers", "lib", "manager", "managers", "misc", "tools"}
    | {"util", "utilities", "utils"}
)

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _sources() -> list[Path]:
    inside = (file for folder in _CODE for file in (_ROOT / folder).rglob("*.py"))
    return sorted([*_ROOT.glob("*.py"), *inside])


def _lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def _assert_none(offenders: list[str], rule: str) -> None:
    if offenders:
        pytest.fail(rule + ":\n" + "\n".join(offenders), pytrace=False)


def test_no_file_is_longer_than_its_budget() -> None:
    counted = [(file, _lines(file)) for file in _sources()]
    offenders = [
        f"{file.relative_to(_ROOT)}:{_FILE_LINES} has {lines} lines"
        for file, lines in counted
        if lines > _FILE_LINES
    ]
    assert counted
    _assert_none(offenders, f"a file has at most {_FILE_LINES} lines")


def test_no_function_body_is_longer_than_its_budget() -> None:
    offenders = [
        f"{file.relative_to(_ROOT)}:{function.lineno} {function.name} has {lines} lines"
        for file in _sources()
        for function, lines in _functions(ast.parse(file.read_text("utf-8")))
        if lines > _FUNCTION_LINES
    ]
    _assert_none(offenders, f"a function's body has at most {_FUNCTION_LINES} lines")


def _functions(tree: ast.Module) -> Iterator[tuple[_Function, int]]:
    """Yield each function with the lines of its body, the docstring left out.

    A function defined inside another counts for itself alone, so that a blueprint's maker is not
    charged for its routes.
    """
    for node in ast.walk(tree):
        if isinstance(node, _Function):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            inner = {
                line
                for child in ast.walk(node)
                if child is not node and isinstance(child, _Function)
                for line in range(_first_line(child), (child.end_lineno or child.lineno) + 1)
            }
            own = set(range(body[0].lineno, (node.end_lineno or 0) + 1)) if body else set()
            yield node, len(own - inner)


def _first_line(function: _Function) -> int:
    return min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])


def test_no_template_is_longer_than_its_budget() -> None:
    offenders = [
        f"{file.relative_to(_ROOT)}:{_TEMPLATE_LINES} has {lines} lines"
        for file in sorted((_ROOT / "templates").rglob("*"))
        if file.is_file() and (lines := _lines(file)) > _TEMPLATE_LINES
    ]
    _assert_none(offenders, f"a template has at most {_TEMPLATE_LINES} lines")


def test_every_module_is_named_for_a_thing_of_the_product() -> None:
    offenders = [
        f"{file.relative_to(_ROOT)}:1"
        for file in _sources()
        if _NAMES_THAT_SAY_NOTHING & {part.strip("_") for part in _parts(file)}
    ]
    _assert_none(offenders, "a module is a noun of the product, not a drawer")


def _parts(file: Path) -> tuple[str, ...]:
    return file.relative_to(_ROOT).with_suffix("").parts
