"""The floor: a Flask application that does nothing, on waitress. `python -m benchmarks.bare`."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Condition

from flask import Flask, Response, request
from waitress.server import create_server

_THREADS = 56
"""As many as the product has."""
_CONNECTIONS = 400
_HEARTBEAT_S = 1.0


def main() -> None:
    """Serve on any port and print the address."""
    app = Flask("bare")

    @app.get("/")
    def hello() -> str:
        return "hello"

    @app.post("/")
    def take() -> str:
        request.get_data()
        return "taken"

    _add_stream(app)
    server = create_server(
        app, host="127.0.0.1", port=0, threads=_THREADS, connection_limit=_CONNECTIONS, ident=""
    )
    print(f"http://127.0.0.1:{getattr(server, 'effective_port', 0)}", flush=True)
    server.run()


def _add_stream(app: Flask) -> None:
    """Let `/live` stream how often something was posted to `/event`."""
    changed = Condition()
    events = [0]

    @app.post("/event")
    def tell() -> str:
        with changed:
            events[0] += 1
            changed.notify_all()
        return ""

    @app.get("/live")
    def live() -> Response:
        return Response(messages(), mimetype="text/event-stream")

    def messages() -> Iterator[str]:
        seen = -1
        while True:
            with changed:
                changed.wait_for(lambda: events[0] != seen, _HEARTBEAT_S)  # noqa: B023
                seen = events[0]
            yield f"data: {seen}\n\n"


if __name__ == "__main__":
    main()
