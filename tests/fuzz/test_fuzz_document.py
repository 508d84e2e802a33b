"""The API held to its own document: whatever is sent, by whomever, it answers as it says it does.

Every operation of the OpenAPI document, with data that fits it and data that does not; half of what
fits names tickets, counters and services that are there. Each request is sent by every role: those
below the one it needs are turned away.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from motcua.access import Role
from motcua.api.openapi import document
from motcua.api.routes import PREFIX, routes
from motcua.api.views import Api
from motcua.app import Box
from motcua.queue.ticket import OUTCOMES, PURPOSES, State
from tests.fuzz.contract_roles import MAY

Headers = Callable[[Role], dict[str, str]]
UNMADE: Any = None
DOCUMENT = json.loads(json.dumps(document(PREFIX, routes(Api(UNMADE, UNMADE, UNMADE, UNMADE)))))
"""Made without a centre, since test names are made before any test has one."""


def without_tokens() -> dict[str, Any]:
    """Return the operations as if anybody might: the tokens are this test's own."""
    paths: dict[str, Any] = deepcopy(DOCUMENT["paths"])
    for operations in paths.values():
        for operation in operations.values():
            operation["security"] = []
    return paths


UNFIT = ["positive_data_acceptance"]
"""Left out: the rules may refuse what is well formed."""
SCHEMA = schemathesis.openapi.from_dict(deepcopy(DOCUMENT) | {"paths": without_tokens()})
SCHEMA.config.checks.update(excluded_check_names=UNFIT)
TURNED_AWAY = (401, 403, 404, 405)
"""The last two where the address or method itself is no longer the operation's."""
STEADY = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def tokens(bearer: Headers) -> dict[Role, dict[str, str]]:
    """Headers of a program of every role; a visitor has none."""
    return {role: bearer(role) if role is not Role.VISITOR else {} for role in Role}


def test_what_is_tested_is_what_is_served(browse: Callable[..., FlaskClient]) -> None:
    assert browse().get(f"{PREFIX}/openapi.json").get_json() == DOCUMENT


@pytest.mark.slow
@SCHEMA.parametrize()
@STEADY
def test_an_operation_answers_as_its_document_says(
    case: schemathesis.Case[Any], app: Flask, box: Box, tokens: dict[Role, dict[str, str]]
) -> None:
    allowed = MAY[f"{case.operation.method.upper()} {case.operation.path}"]
    make_real(case, box)
    before = box.office.seq
    for role in Role:
        if role not in allowed:
            response = case.call(app=app, headers=tokens[role])
            assert response.status_code in TURNED_AWAY, role
    assert box.office.seq == before
    least = min(allowed, key=list(Role).index)
    response = case.call(app=app, headers=tokens[least])
    case.validate_response(response, headers=tokens[least])
    assert box.office.seq == before or response.status_code < 400


def make_real(case: schemathesis.Case[Any], box: Box) -> None:
    """Put what the centre knows into half of the fitting requests: chance never meets an id."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    lot = zlib.crc32(repr((case.path_parameters, case.query, case.body)).encode("utf-8", "replace"))
    with box.office.today() as day:
        tickets = sorted(day.tickets.values(), key=lambda ticket: (ticket.number, ticket.leg))
    known: dict[str, Sequence[object]] = {
        "ticket_id": [ticket.id for ticket in tickets],
        "ticket": [ticket.id for ticket in tickets if ticket.state is not State.FINISHED],
        "number": list(box.office.rules.counters),
        "code": list(box.office.rules.procedures),
        "procedure": list(box.office.rules.procedures),
        "service": list(box.office.rules.services),
        "priority": list(box.office.rules.priorities),
        "purpose": PURPOSES,
        "language": ["vi", "en"],
        "outcome": OUTCOMES,
    }
    places = [case.path_parameters, case.body if isinstance(case.body, dict) else {}]
    for place in places:
        for nth, name in enumerate(sorted(known.keys() & place.keys())):
            if lot >> nth & 1:
                place[name] = known[name][lot // 64 % len(known[name])]
