"""What is asked at the doors of reports: a member's account, an entry in it, what lies inside the platform."""

from collections.abc import Callable, Mapping
from typing import Final

from tests.factories.accounts import NOW
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene


def _member(s: Scene, _role: str) -> Ask:
    return Ask({"household_id": s.stall.lot.plot.household_id})


def _writes(s: Scene, role: str) -> Ask:
    send = {"kind": "contribution", "amount": "500", "day": NOW.date().isoformat(), "why": "收据 12 号"}
    return Ask(_member(s, role).path, send)


REPORT_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "GET /coop/members/<int:household_id>/": _member,
    "GET /coop/members/<int:household_id>/rows/": _member,
    "POST /coop/members/<int:household_id>/entries/": _writes,
    "GET /office/money/<slug:purpose>/": lambda _s, _role: Ask({"purpose": "escrow"}),
}
