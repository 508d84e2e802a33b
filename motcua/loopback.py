"""Whether a request comes from a browser or program on this very box."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import request

_FORWARDED = ("x-forwarded", "forwarded")


def from_this_box() -> bool:
    """Return whether the request comes over the loopback interface, not through a proxy.

    It must not ask for the box by a name of the internet either: a foreign page that a browser on
    the box has open may lead its own name to 127.0.0.1, and is no screen of ours.
    """
    forwarded = any(name.lower().startswith(_FORWARDED) for name, _ in request.headers)
    named_here = "." not in request.headers.get("Host", "") or _is_loopback(_asked_host())
    return not forwarded and named_here and _is_loopback(request.remote_addr or "")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _asked_host() -> str:
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""
