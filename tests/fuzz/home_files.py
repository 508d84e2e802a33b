"""What lies in a centre's home, to see whether anything changed."""

from __future__ import annotations

import hashlib
import json

from motcua.app import Box


def kept(box: Box) -> dict[str, str]:
    """Return every file of the home with its content's hash.

    Left out: caches, which are made again at will, locks, which are empty, and the day a device or
    program was last seen.
    """
    caches = (box.home.visits, box.home.cache)
    files = {
        str(file.relative_to(box.home.path)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(box.home.path.rglob("*"))
        if file.is_file()
        and not file.name.endswith(".lock")
        and not any(file.is_relative_to(cache) for cache in caches)
    }
    return {**files, box.home.access.name: people(box)}


def people(box: Box) -> str:
    """Return who is let in, people, programs and devices, without the day they were last seen."""
    if not box.home.access.exists():
        return ""
    tables = json.loads(box.home.access.read_bytes())
    for table in tables.values():
        for document in table.values():
            document.pop("seen", None)
    return json.dumps(tables, sort_keys=True)
