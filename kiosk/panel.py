"""The panel: what every page of the touch screen has around it, and what pages are made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for

from motcua import web
from motcua.kiosk import visitor
from motcua.kiosk.device import Centre, Device, find_device
from motcua.kiosk.opening import Opening, opening
from motcua.kiosk.reading import Speak, sound_address

if TYPE_CHECKING:
    from motcua.catalogue import Catalogue
    from motcua.kiosk.pace import Pace
    from motcua.kiosk.paper import Paper
    from motcua.office import Office

_KEPT_ARGUMENTS = ("q", "page", "slip", "procedure", "service", "purpose")
"""Arguments of a page that stay when its language or size of text is changed."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the pages of the touch screen are made from."""

    office: Office
    catalogue: Callable[[], Catalogue]
    centre: Centre
    paper: Paper
    pace: Pace
    speak: Speak | None

    @property
    def device(self) -> Device:
        """The kiosk this browser is."""
        return find_device(self.centre.kiosk, visitor.screen_name())

    @property
    def today(self) -> date:
        """The calendar day, local."""
        return self.office.rules.hours.date(self.office.now().wall)

    def opening(self) -> Opening:
        """Return how the doors stand now."""
        with self.office.today() as day:
            return opening(day, self.office.rules.hours, self.office.now())

    def follow_url(self, ticket_id: str) -> str:
        """Return the address at which a phone follows a ticket."""
        base = self.centre.public_url or request.url_root
        return base.rstrip("/") + url_for("phone.ticket", ticket_id=ticket_id)

    def page(self, template: str, said: Sequence[str], **values: Any) -> str:  # noqa: ANN401
        """Render a page with the panel around it.

        Args:
            template: its file in `templates/kiosk`.
            said: what is read aloud, a sentence each.
            values: what the template takes; `back` is the address one step back.
        """
        values.setdefault("idle_s", self.device.idle_s)
        return render_template(f"kiosk/{template}", **self._around(said), **values)

    def _around(self, said: Sequence[str]) -> dict[str, Any]:
        larger = visitor.wants_larger_text()
        languages = self.centre.languages
        others = [other for other in languages if other != web.language()]
        may_reload = request.method == "GET"
        return {
            "larger": larger,
            "size_url": url_for(
                "kiosk.size", screen=self.device.name, text="larger" if larger else "normal"
            ),
            "text_url": same_page(text="normal" if larger else "larger") if may_reload else "",
            "language_url": same_page(lang=others[0]) if others and may_reload else "",
            "sound_url": sound_address(said, web.language()) if self.speak else "",
        }


def same_page(**wishes: str) -> str:
    """Return the address of the page being shown, with other wishes."""
    kept = {name: request.args[name] for name in _KEPT_ARGUMENTS if name in request.args}
    return f"{request.path}?{urlencode(kept | wishes)}"


def unchanged(mark: str) -> Response | None:
    """Return the answer to a page that shows the state `mark` already; None when it does not.

    A tiny 200 that htmx does not swap: the server closes the connection after a 304 or a 204.
    """
    if request.args.get("seen") != mark:
        return None
    return Response("", headers=web.NOTHING_NEW)
