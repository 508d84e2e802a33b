"""Every code a program may meet stands in docs/api.md, under its status."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from motcua.refusals import HTTP_REFUSALS, STATUS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "api.md"
ROOMS = ("motcua", "queue", "kiosk", "counter", "display", "reports")
CODE = re.compile(r"[a-z]+\.[a-z_]+")
RAISED = {"QueueError", "Refusal", "ReportError", "_answer"}


def raised() -> Iterator[tuple[str, int | None]]:
    """Yield the codes in the source, with their status where the source states it."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED:
                    values = [one.value for one in node.args if isinstance(one, ast.Constant)]
                    codes = [one for one in values if CODE.fullmatch(str(one))]
                    kinds = [STATUS[str(one)] for one in values if str(one) in STATUS]
                    stated = [one for one in values if isinstance(one, int)]
                    yield from ((str(code), next(iter(stated + kinds), None)) for code in codes)


def told() -> dict[str, int]:
    """Return the codes of the document with the status they stand under."""
    rows = re.findall(
        r"^\| (\d{3}) \| (.*) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {
        code: int(status)
        for status, cell in rows
        for code in re.findall(r"`([a-z]+\.[a-z_]+)`", cell)
    }


def test_every_code_is_told_under_its_status() -> None:
    known = told()
    for code, status in raised():
        assert code in known, code
        assert status in (None, known[code]), code
    assert {code: status for status, (code, _) in HTTP_REFUSALS.items()}.items() <= known.items()


def test_values_of_fixed_lists_have_their_code_told() -> None:
    assert {"purpose.unknown", "language.unknown", "priority.unknown"} <= set(told())
