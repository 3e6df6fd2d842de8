"""What is asked at the doors of plots and lots: declared, registered, recorded, stopped, sold again and given back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from fieldcast.trace import operations as trace_operations
from tests.factories.accounts import NOW
from tests.factories.catalog import HARVEST_DAY, make_product
from tests.files.pictures import orchard, saved
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

LOT, A = "/coop/lots/<int:lot_id>", "/api/v1"


def _sends(**send: Any) -> Callable[[Scene, str], Ask]:
    return lambda _scene, _role: Ask(send=send)


def _registers(s: Scene, role: str) -> Ask:
    lot = s.home(role).lot
    sent = {"plot": lot.plot.id, "product": lot.product.id, "grade": "一级", "quantity": "5"}
    return Ask(send={**sent, "harvested_on": HARVEST_DAY.isoformat()})


def _asks_for_room(s: Scene, role: str) -> Ask:
    lot = s.home(role).lot
    return Ask(query={"plot": lot.plot.id, "product": lot.product.id})


def _hands_in(_scene: Scene, _role: str) -> Ask:
    file = SimpleUploadedFile("桃园.jpg", saved(orchard((64, 48), shift=30)), content_type="image/jpeg")
    return Ask(send={"kind": "photo", "public": "on", "file": file})


def _api_lot(s: Scene, _role: str) -> Ask:
    lot = s.stall.lot
    sent = {"plot_id": lot.plot.id, "product_id": lot.product.id, "grade": "一级", "quantity": 5}
    where = {"cooperative_id": s.stall.cooperative.id, "harvested_on": HARVEST_DAY.isoformat()}
    return Ask(send={**sent, **where})


def _declares(s: Scene, _role: str) -> Ask:
    """What nobody has declared there yet."""
    return Ask(send={"product": make_product(county_id=s.stall.county_id), "perennial": "season"})


def _api_declares(s: Scene, _role: str) -> Ask:
    return Ask(send={"product_id": make_product(county_id=s.stall.county_id), "perennial": False})


def _gives_back(s: Scene, _role: str) -> Ask:
    """What a stopped lot holds back."""

    def stop() -> None:
        trace_operations.stop_lot(by=s.stall.chief, lot_id=s.stall.lot.id, reason="异味", now=NOW)

    return Ask(send={"reason": "异味"}, before=stop)


def _looks_at_held(s: Scene, role: str) -> Ask:
    """How far giving back is, of a lot that holds something back."""
    return replace(_gives_back(s, role), send={})


def _resumes(s: Scene, _role: str) -> Ask:
    """What its cooperative stopped."""

    def stop() -> None:
        trace_operations.stop_lot(by=s.stall.chief, lot_id=s.stall.lot.id, reason="异味", now=NOW)

    return Ask(send={"reason": "复检合格"}, before=stop)


LOT_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /coop/plots/<int:plot_id>/": _declares,
    "POST /coop/plots/<int:plot_id>/end/": lambda s, _role: Ask(send={"product": s.stall.lot.product.id}),
    "POST /coop/lots/new/": _registers,
    "GET /coop/lots/new/room/": _asks_for_room,
    f"POST {LOT}/events/<slug:kind>/": _sends(at="2026-11-22T13:00", result="pass", residue="not detected"),
    f"POST {LOT}/write-off/": _sends(units="1", reason="烂了"),
    f"POST {LOT}/state/": _sends(state="stopped", why="异味"),
    f"POST {LOT}/files/": _hands_in,
    f"POST {A}/plots/<plot_id>/crops": _api_declares,
    f"POST {A}/lots": _api_lot,
    f"POST {A}/lots/<lot_id>/events": _sends(
        kind="inspected", at=NOW.isoformat(), facts={"result": "pass", "residue": "not detected"}
    ),
    f"POST {A}/lots/<lot_id>/write-offs": _sends(units=1, reason="烂了"),
    f"POST {A}/lots/<lot_id>/stop": _sends(reason="异味"),
    f"POST {A}/lots/<lot_id>/resume": _resumes,
    f"POST {A}/lots/<lot_id>/give-back": _gives_back,
    f"GET {LOT}/give-back/": _looks_at_held,
    f"POST {LOT}/give-back/": _gives_back,
    "GET /county/lots/<int:lot_id>/give-back/": _looks_at_held,
    "POST /county/lots/<int:lot_id>/give-back/": _gives_back,
    "POST /county/lots/<int:lot_id>/": _sends(state="stopped", why="异味"),
}
