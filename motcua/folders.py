"""Where the package's own files lie: beside `motcua/` in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

import motcua


def data_folder(name: str) -> Path:
    """Return the folder `templates`, `static` or `config` that came with the package.

    Raises:
        FileNotFoundError: the installation lacks it.
    """
    for parent in motcua.__path__:
        folder = Path(parent) / name
        if folder.is_dir():
            return folder
    message = f"The installation lacks its folder {name}/: install motcua again."
    raise FileNotFoundError(message)
