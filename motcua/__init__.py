"""Motcua: kiosk and queue for ward public-service centres."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"

if __name__ != "motcua":
    message = f"import this package as 'motcua', not as {__name__!r}"
    raise ImportError(message)

_ROOT = Path(__file__).resolve().parent.parent
if (_ROOT / "pyproject.toml").is_file() and str(_ROOT) not in __path__:
    # In a checkout the rooms (queue/, kiosk/, ...) lie beside this folder; in the wheel, inside it.
    __path__.append(str(_ROOT))
