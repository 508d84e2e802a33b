"""Who may what, as the contract grants it: written by hand, so that a wrong mark is not repeated.

An address without a line here fails the tests: decide, then write the line.
"""

from __future__ import annotations

from motcua.access import Role

ANYBODY = frozenset(Role)
ADMIN = frozenset({Role.ADMIN})
MANAGER = ADMIN | {Role.MANAGER}
STAFF = MANAGER | {Role.STAFF}
BOARD = STAFF | {Role.BOARD}
KIOSK = STAFF | {Role.KIOSK}
KNOWN = KIOSK | BOARD

_COUNTER = "/api/v1/counters/{number}"

API: dict[str, frozenset[Role]] = {
    "GET /api/v1/openapi.json": ANYBODY,
    "GET /api/v1/services": KIOSK,
    "GET /api/v1/counters": KIOSK,
    "GET /api/v1/procedures": KIOSK,
    "GET /api/v1/procedures/{code}": KIOSK,
    "POST /api/v1/tickets": KIOSK,
    "GET /api/v1/tickets/{ticket_id}": ANYBODY,  # the link is the key
    "POST /api/v1/tickets/{ticket_id}/return": KIOSK,
    "POST /api/v1/tickets/{ticket_id}/cancel": KIOSK,
    f"POST {_COUNTER}/open": STAFF,
    f"POST {_COUNTER}/pause": STAFF,
    f"POST {_COUNTER}/close": STAFF,
    f"POST {_COUNTER}/call-next": STAFF,
    f"POST {_COUNTER}/call": STAFF,
    f"POST {_COUNTER}/recall": STAFF,
    f"POST {_COUNTER}/start": STAFF,
    f"POST {_COUNTER}/finish": STAFF,
    f"POST {_COUNTER}/miss": STAFF,
    f"POST {_COUNTER}/hold": STAFF,
    f"POST {_COUNTER}/transfer": STAFF,
    f"POST {_COUNTER}/undo": STAFF,
    "GET /api/v1/queue": STAFF,
    "GET /api/v1/board": BOARD,
    "GET /api/v1/reports/waits": MANAGER,
    "GET /live": KNOWN,
    "GET /healthz": KNOWN,  # and anyone on the box itself
    "GET /metrics": KNOWN,
}
"""What programs ask for: refused with 401 without a token or session, else with 403."""

SCREENS: dict[str, frozenset[Role]] = {
    "GET /static/{filename}": ANYBODY,
    "GET /": ANYBODY,
    "POST /": ANYBODY,  # a device's one-time code
    "GET /signin": ANYBODY,
    "POST /signin": ANYBODY,
    "POST /signin/out": ANYBODY,
    "GET /t/{ticket_id}": ANYBODY,  # the link is the key
    "GET /t/{ticket_id}/cancel": ANYBODY,
    "POST /t/{ticket_id}/cancel": ANYBODY,
    "POST /t/{ticket_id}/return": ANYBODY,
    "GET /kiosk": KIOSK,
    "GET /kiosk/field/{slug}": KIOSK,
    "GET /kiosk/search": KIOSK,
    "GET /kiosk/collect": KIOSK,
    "GET /kiosk/help": KIOSK,
    "GET /kiosk/procedure/{code}": KIOSK,
    "POST /kiosk/procedure/{code}/referral": KIOSK,
    "GET /kiosk/procedure/{code}/slip": KIOSK,
    "POST /kiosk/procedure/{code}/slip": KIOSK,
    "GET /kiosk/service/{letter}/{purpose}": KIOSK,
    "GET /kiosk/priority": KIOSK,
    "POST /kiosk/take": KIOSK,
    "GET /kiosk/number/{ticket_id}": KIOSK,
    "GET /kiosk/number/{ticket_id}/slip": KIOSK,
    "POST /kiosk/number/{ticket_id}/slip": KIOSK,
    "GET /kiosk/size.css": KIOSK,
    "GET /kiosk/voice": KIOSK,
    "POST /kiosk/leave": KIOSK,
    "GET /board": BOARD,
    "GET /board/size.css": BOARD,
    "GET /board/call/{seq}.wav": BOARD,
    "GET /board/chime.wav": BOARD,
    "GET /counter": STAFF,
    "GET /counter/paper": STAFF,
    "GET /counter/{number}": STAFF,
    "POST /counter/{number}": STAFF,
    "GET /counter/{number}/issue": STAFF,
    "POST /counter/{number}/issue": STAFF,
    "GET /reports": MANAGER,
    "GET /reports/now": MANAGER,
    "GET /reports/waits.{form}": MANAGER,
    "GET /reports/stopwatch": MANAGER,
    "POST /reports/stopwatch": MANAGER,
    "POST /reports/stopwatch/remove": MANAGER,
    "GET /reports/stopwatch/sheet.csv": MANAGER,
    "GET /reports/stopwatch/paper": MANAGER,
    "GET /reports/dossiers": MANAGER,
    "POST /reports/dossiers": MANAGER,
    "GET /reports/dossiers.{form}": MANAGER,
    "GET /admin": ADMIN,
    "POST /admin/day": ADMIN,
    "POST /admin/clock": ADMIN,
    "POST /admin/backup": ADMIN,
    "GET /admin/journal": ADMIN,
    "GET /admin/audit": ADMIN,
    "GET /admin/audit.csv": ADMIN,
    "GET /admin/printers": ADMIN,
    "POST /admin/printers/test": ADMIN,
    "POST /admin/printers/again": ADMIN,
    "GET /admin/staff": ADMIN,
    "POST /admin/staff": ADMIN,
    "POST /admin/staff/pin": ADMIN,
    "POST /admin/staff/role": ADMIN,
    "POST /admin/staff/lift": ADMIN,
    "POST /admin/staff/remove": ADMIN,
    "GET /admin/devices": ADMIN,
    "POST /admin/devices": ADMIN,
    "POST /admin/devices/end": ADMIN,
    "POST /admin/tokens": ADMIN,
    "POST /admin/tokens/end": ADMIN,
    "GET /admin/catalogue": ADMIN,
    "POST /admin/catalogue": ADMIN,
    "POST /admin/catalogue/apply": ADMIN,
}
"""What people look at: who may not is led to the sign-in, and refused with 403 where they press."""

MAY = API | SCREENS
