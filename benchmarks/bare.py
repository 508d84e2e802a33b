"""The floor: a Flask application that does nothing, on waitress. `python -m benchmarks.bare`."""

from __future__ import annotations

from flask import Flask, request
from waitress.server import create_server

_THREADS = 16
_CONNECTIONS = 400


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

    server = create_server(
        app, host="127.0.0.1", port=0, threads=_THREADS, connection_limit=_CONNECTIONS, ident=""
    )
    print(f"http://127.0.0.1:{getattr(server, 'effective_port', 0)}", flush=True)
    server.run()


if __name__ == "__main__":
    main()
