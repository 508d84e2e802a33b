"""One address of the API: what it is called by, who may, what it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from motcua.access import Role
from motcua.api.bodies import Body


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the API."""

    method: str
    path: str
    roles: tuple[Role, ...]
    view: Callable[..., Any]
    summary: str
    body: type[Body] | None = None
    query: tuple[str, ...] = ()
