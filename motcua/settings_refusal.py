"""What a centre is told when `centre.toml` is wrong: the line, and the nearest right spelling."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence


def explained(name: str, text: str, error: str, known: Sequence[str]) -> str:
    """Return a validation error as a sentence.

    Args:
        name: of the file.
        text: of the file.
        error: as msgspec words it, `… - at `$.travel.place[1].old_km``.
        known: every key there is.
    """
    unknown = re.search(r"unknown field `([^`]+)`", error)
    where = re.search(r"at `\$\.?([^`]*)`", error)
    steps = re.findall(r"(\w+)(?:\[(\d+)\])?", where[1]) if where else []
    key = unknown[1] if unknown else steps.pop()[0] if steps else ""
    line = f", line {found}" if key and (found := _line(text, steps, key)) else ""
    if not unknown:
        return f"{name}{line}: {key}: {error.split(' - at ', maxsplit=1)[0]}."
    near = difflib.get_close_matches(key, known, n=1)
    cure = f"did you mean {near[0]}?" if near else "take it out."
    return f"{name}{line}: there is no setting {key}: {cure}"


def _line(text: str, table: list[tuple[str, str]], key: str) -> int | None:
    """Return the line of `key` in the table that `table` leads to, as (name, how many-th)."""
    lines = text.splitlines()
    heading = r"\s*\[+\s*" + r"\.".join(re.escape(name) for name, _ in table) + r"\s*\]+"
    starts = [n for n, line in enumerate(lines) if table and re.match(heading, line)]
    turn = int(table[-1][1] or 0) if table else 0
    start = starts[turn] if turn < len(starts) else 0
    for pattern in (rf"\s*[\"']?{re.escape(key)}\b", rf"\W*(?:\w+\.)*{re.escape(key)}\b"):
        for n, line in enumerate(lines[start:], start + 1):
            if re.match(pattern, line):
                return n
    return None
