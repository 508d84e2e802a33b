"""One address of the API: what it is called by, who may, what it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.access import Role
from motcua.api.bodies import Body
from motcua.api.schemas import Schema


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the API."""

    method: str
    path: str
    roles: tuple[Role, ...]
    view: Callable[..., Any]
    summary: str
    answer: str
    """Name of its schema in `motcua/api/schemas.py`."""
    body: type[Body] | None = None
    query: Mapping[str, Schema] = field(default_factory=dict)
    """What the address takes behind its `?`."""
