"""Every sentence a visitor can meet is said in Vietnamese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.words import Words

_ROOT = Path(__file__).resolve().parents[2]
_SAID = re.compile(r"""\b_\(\s*(?:"([^"]+)"|'([^']+)')""")
_MODULES = (
    *("advice", "answer", "choice", "line", "naming", "number", "opening", "phone", "standing"),
    *("pace", "taking", "touchscreen"),
)
_FOR_THE_LOG = "the journal"
_SENTENCE = re.compile(r"([A-Z%1][^_/<>=]* [^_/<>=]*|[A-Z][a-z]{2,})")


def _in_templates() -> dict[str, str]:
    files = [*(_ROOT / "templates/kiosk").glob("*"), *(_ROOT / "templates/phone").glob("*")]
    return {
        double or single: file.name
        for file in files
        for double, single in _SAID.findall(file.read_text("utf-8"))
    }


def _in_code() -> dict[str, str]:
    """Return the texts of the modules that are sentences, docstrings left out."""
    return {
        text: f"{module}.py:{line}"
        for module in _MODULES
        for text, line in _texts(ast.parse((_ROOT / f"kiosk/{module}.py").read_text("utf-8")))
        if _SENTENCE.fullmatch(text) and not text.startswith(_FOR_THE_LOG)
    }


def _texts(tree: ast.Module) -> Iterator[tuple[str, int]]:
    notes = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in notes:
            yield node.value, node.lineno


def test_the_screens_sentences_are_translated() -> None:
    words = Words()
    said = _in_templates() | _in_code()
    missing = [f"{where}: {text}" for text, where in said.items() if not words.knows("vi", text)]

    assert len(said) > 100
    if missing:
        pytest.fail("not said in Vietnamese:\n" + "\n".join(missing), pytrace=False)
