"""What lies in a centre's home, to see whether anything changed."""

from __future__ import annotations

import hashlib

from motcua.app import Box


def kept(box: Box) -> dict[str, str]:
    """Return every file of the home with its content's hash, but for caches: made again at will."""
    caches = (box.home.visits, box.home.cache)
    return {
        str(file.relative_to(box.home.path)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(box.home.path.rglob("*"))
        if file.is_file() and not any(file.is_relative_to(cache) for cache in caches)
    }
