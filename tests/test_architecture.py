"""The law of the house, read off the source: who imports whom, and who reads the clock.

```
     app, paper, cli ........ import all; nobody imports them
  kiosk counter display reports api ........ screens: never each other, never a journal, a printer,
                                             the clock or the settings
        office ........ the one writer
         queue/ ........ imports nothing but value types of the standard library
```
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_ROOMS = ("kiosk", "queue", "counter", "display", "reports")
_DATA_ROOMS = ("templates", "static", "config")
_SCREENS = ("kiosk", "counter", "display", "reports", "api")
_TOP = ("app", "paper", "cli", "__main__")

# What the rules of the queue may use: values and sums, nothing that reads the world.
_VALUE_MODULES = frozenset(
    {
        *("__future__", "abc", "bisect", "collections", "collections.abc", "copy", "dataclasses"),
        *("datetime", "decimal", "enum", "fractions", "functools", "heapq", "itertools", "json"),
        *("math", "operator", "re", "statistics", "string", "types", "typing", "unicodedata"),
        *("zlib",),
    }
)
# Words in a module's name that tell a screen to keep its hands off it.
_NOT_FOR_SCREENS = frozenset(
    {"app", "cli", "clock", "journal", "journals", "printer", "printers", "printing", "settings"}
    | {"spooler", "escpos", "tinydb", "waitress"}
)
_NOT_FOR_OFFICE = frozenset({*_SCREENS, *_TOP, "flask", "journal", "printing", "web"})

_CLOCK = "motcua/clock.py"
_CLOCK_READINGS = frozenset(
    {
        *("datetime.date.today", "datetime.datetime.now", "datetime.datetime.today"),
        *("datetime.datetime.utcnow", "time.clock_gettime", "time.clock_gettime_ns"),
        *("time.ctime", "time.gmtime", "time.localtime", "time.monotonic", "time.monotonic_ns"),
        *("time.perf_counter", "time.perf_counter_ns", "time.process_time", "time.thread_time"),
        *("time.time", "time.time_ns", "uuid.uuid1"),
    }
)


@dataclass(frozen=True)
class _Import:
    """One imported module, and where it stands."""

    by: str
    module: str
    place: str
    for_types: bool
    """Under `if TYPE_CHECKING:`, so not imported when the program runs."""


@cache
def _files() -> dict[str, Path]:
    """Return the product's modules by dotted name; `queue/line.py` is `motcua.queue.line`."""
    found = {}
    for folder in ("motcua", *_ROOMS):
        for file in sorted((_ROOT / folder).rglob("*.py")):
            parts = file.relative_to(_ROOT).with_suffix("").parts
            parts = parts if folder == "motcua" else ("motcua", *parts)
            found[".".join(parts).removesuffix(".__init__")] = file
    return found


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def _place(file: Path, node: ast.expr | ast.stmt) -> str:
    return f"{file.relative_to(_ROOT)}:{node.lineno}"


@cache
def _imports() -> tuple[_Import, ...]:
    """Return every import of the product, those inside functions too."""
    found = []
    for name, file in _files().items():
        tree = _tree(file)
        for_types = set(_statements_for_types(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                place = _place(file, node)
                modules = _modules(node)
                found += [_Import(name, module, place, node in for_types) for module in modules]
    return tuple(found)


def _statements_for_types(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for statement in node.body:
                yield from ast.walk(statement)


def _modules(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Yield the modules an import names: `from motcua.queue import fold` is `motcua.queue.fold`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    module = "." * node.level + (node.module or "")
    for alias in node.names:
        inner = f"{module}.{alias.name}"
        yield inner if inner in _files() else module


def _room(module: str) -> str:
    """Return the part after `motcua`: the room or module of the box; empty for other packages."""
    parts = module.split(".")
    return parts[1] if parts[0] == "motcua" and len(parts) > 1 else ""


def _words(module: str) -> set[str]:
    return set(module.replace("_", ".").split("."))


def _assert_none(offenders: list[str], rule: str) -> None:
    if offenders:
        pytest.fail(rule + ":\n" + "\n".join(sorted(set(offenders))), pytrace=False)


def test_the_tree_was_read() -> None:
    assert "motcua.queue.procedure" in _files()
    assert any(found.by.startswith("motcua.queue.") for found in _imports())


def test_the_queue_imports_value_types_of_the_standard_library_alone() -> None:
    offenders = [
        f"{found.place} imports {found.module}"
        for found in _imports()
        if _room(found.by) == "queue"
        and found.module not in _VALUE_MODULES
        and _room(found.module) != "queue"
    ]
    _assert_none(offenders, "queue/ is pure: no Flask, disk, clock, threads, random, logging")


def test_screens_do_not_import_each_other() -> None:
    offenders = [
        f"{found.place} imports {found.module}"
        for found in _imports()
        if _room(found.by) in _SCREENS
        and _room(found.module) in _SCREENS
        and _room(found.by) != _room(found.module)
    ]
    _assert_none(offenders, "a screen never imports another screen; what both need is in office")


def test_screens_touch_no_journal_printer_clock_or_settings() -> None:
    # The settings a screen is given may be named as a type; it never reads the file.
    offenders = [
        f"{found.place} imports {found.module}"
        for found in _imports()
        if _room(found.by) in _SCREENS
        and _room(found.module) not in ("queue", *_SCREENS)
        and _words(found.module) & _NOT_FOR_SCREENS
        and not (found.for_types and _room(found.module).startswith("settings"))
    ]
    _assert_none(offenders, "a screen is given what it needs by app")


def test_the_box_imports_no_screen() -> None:
    offenders = [
        f"{found.place} imports {found.module}"
        for found in _imports()
        if _room(found.by) not in (*_SCREENS, *_TOP) and _room(found.module) in _SCREENS
    ]
    _assert_none(offenders, "only app and cli know the screens")


def test_nobody_imports_the_composition_root() -> None:
    offenders = [
        f"{found.place} imports {found.module}"
        for found in _imports()
        if _room(found.by) not in _TOP and _room(found.module) in _TOP
    ]
    _assert_none(offenders, "app and cli import all; nobody imports them")


def test_the_office_knows_the_queue_and_protocols_only() -> None:
    offenders = [
        f"{found.place} imports {found.module}"
        for found in _imports()
        if _room(found.by) == "office"
        and _room(found.module) != "queue"
        and _words(found.module) & _NOT_FOR_OFFICE
    ]
    _assert_none(offenders, "office declares the Journal protocol; journals implement it")


def test_no_module_is_in_an_import_cycle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in _files()}
    for found in _imports():
        if found.module in graph and found.module != found.by and not found.for_types:
            graph[found.by].add(found.module)
    offenders = [
        f"{found.place} imports {found.module}"
        for module, importer in pairwise(_cycle(graph))
        for found in _imports()
        if (found.by, found.module) == (importer, module)
    ]
    _assert_none(offenders, "these imports close a cycle")


def _cycle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of one cycle, each imported by the next; empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        modules: list[str] = error.args[1]
        return modules
    return []


def test_rooms_are_imported_under_their_full_name() -> None:
    bare = {*_ROOMS, *_DATA_ROOMS} - {"queue"}  # `import queue` is the standard library's
    offenders = [
        f"{found.place} imports {found.module}"
        for found in _imports()
        if found.module.split(".")[0] in bare or found.module.startswith(".")
    ]
    _assert_none(offenders, "import motcua.kiosk, not kiosk: the bare name makes a second copy")


def test_only_one_file_reads_the_clock() -> None:
    offenders = [
        reading
        for file in _files().values()
        if str(file.relative_to(_ROOT)) != _CLOCK
        for reading in _clock_readings(file)
    ]
    _assert_none(offenders, f"time is an argument; only {_CLOCK} reads the clock")


def _clock_readings(file: Path) -> Iterator[str]:
    tree = _tree(file)
    names = _imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, *rest = ast.unparse(node).split(".")
            reading = ".".join((names.get(first, ""), *rest))
            if reading in _CLOCK_READINGS:
                yield f"{_place(file, node)} reads {reading}"


def _imported_names(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for: `dt` for `datetime`, `now` for `time.time`."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def test_types_are_learnt_before_any_thread_runs() -> None:
    """Msgspec crashes the process when two threads at once let it learn a type."""
    known = {"motcua/settings.py", "motcua/journal/codec.py"}  # at the start; learnt when loaded
    offenders = [
        f"{_place(file, call)} {ast.unparse(call)}"
        for file in _files().values()
        if str(file.relative_to(_ROOT)) not in known
        for call in _calls_in_functions(_tree(file))
        if _learns_a_type(call)
    ]
    _assert_none(offenders, "make the msgspec.json.Decoder of a type where the module is loaded")


def _calls_in_functions(tree: ast.Module) -> Iterator[ast.Call]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            yield from (node for node in ast.walk(function) if isinstance(node, ast.Call))


def _learns_a_type(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    typed = any(one.arg == "type" and ast.unparse(one.value) != "dict" for one in call.keywords)
    return name == "msgspec.convert" or name.endswith("Decoder") or ("msgspec" in name and typed)
