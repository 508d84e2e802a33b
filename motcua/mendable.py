"""What went wrong and a person can mend."""

from __future__ import annotations


class MendableError(Exception):
    """Its text is a sentence for whoever can mend it; the command line prints it as it is."""
