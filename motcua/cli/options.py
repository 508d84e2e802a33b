"""Options and errors that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from motcua.catalogue import Catalogue
from motcua.cli import InputError
from motcua.home import Home
from motcua.mendable import MendableError
from motcua.queue.errors import QueueError
from motcua.queue.rules import Rules
from motcua.settings import read_centre

DEFAULT_HOME = Path("motcua-home")
Command = TypeVar("Command", bound=Callable[..., Any])


def home_option(command: Command) -> Command:
    """Add `--home DIR`."""
    add: Callable[[Command], Command] = click.option(
        "--home",
        "home",
        default=DEFAULT_HOME,
        type=click.Path(file_okay=False, path_type=Path),
        help="The centre's folder.",
        show_default=True,
        callback=lambda _ctx, _parameter, path: Home(path),
    )
    return add(command)


@contextmanager
def told() -> Iterator[None]:
    """Turn what a person can mend into one sentence and exit code 1."""
    try:
        yield
    except (MendableError, QueueError) as error:
        raise InputError(str(error)) from error
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        message = f"{error.strerror or error}{place}."
        raise InputError(message) from error


def existing(home: Home) -> Home:
    """Return `home` when it is one.

    Raises:
        InputError: there is no centre in it.
    """
    if not home.centre.exists():
        message = f"There is no centre in {home.path}: start it once with motcua serve --home."
        raise InputError(message)
    return home


def open_rules(home: Home) -> Rules:
    """Return the rules of a home without starting its office.

    Raises:
        SettingsError, CatalogueError: a file of the centre is wrong.
    """
    return read_centre(home.centre).rules(Catalogue.load(home.procedures).by_code)
