"""What is asked at the doors of parcels on their way: fetched, delivered, chosen for another carrier, tried again."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils import timezone

from fieldcast.trade.models import Carrying
from fieldcast.trade.operations import not_delivered
from fieldcast.trade.types import Hindrance
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

PARCEL, A = "/carrier/parcels/<str:code>", "/api/v1"


def _parcel(
    state: str, *, query: Mapping[str, str] | None = None, **send: Any
) -> Callable[[Scene, str], Ask]:
    """Of the parcel of the scene's order in a state, by its number."""

    def asked(s: Scene, _role: str) -> Ask:
        number = s.orders[state].number
        named = dict.fromkeys(query or {}, number)
        return Ask({"code": number, "number": number, "step": "fetch"}, send, query=named)

    return asked


def _fetches_several(s: Scene, _role: str) -> Ask:
    """The far driver finds that the parcel is none of theirs: the form's key is what is kept."""
    return Ask(send={"do": "fetch", "o": [s.orders["packed"].number]})


def _chooses(s: Scene, _role: str) -> Ask:
    """Back to the carrier of the terms, from another organisation that has it meanwhile."""
    order = s.orders["packed"]

    def moved() -> None:
        Carrying.objects.filter(order_id=order.id).update(carrier_id=s.neighbour.cooperative.id)

    carrier = s.stall.carrier.id
    return Ask({"number": order.number}, {"carrier": carrier, "carrier_id": carrier}, before=moved)


def _again(s: Scene, _role: str) -> Ask:
    """What could not be delivered is tried again."""
    order = s.orders["shipped"]

    def failed() -> None:
        driver = s.stall.driver
        not_delivered(by=driver, order_id=order.id, why=Hindrance.NOBODY, now=timezone.now())

    return Ask({"number": order.number}, {"words": "晚上再送"}, before=failed)


CARRYING_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "GET /carrier/code/": _parcel("packed", query={"c": ""}),
    "POST /carrier/together/": _fetches_several,
    f"GET {PARCEL}/": _parcel("shipped"),
    f"POST {PARCEL}/": _parcel("shipped"),
    f"GET {PARCEL}/<slug:step>/": _parcel("packed"),
    f"POST {PARCEL}/<slug:step>/": _parcel("packed"),
    "POST /coop/orders/<str:number>/carrier/": _chooses,
    "POST /coop/orders/<str:number>/again/": _again,
    "POST /county/orders/<str:number>/again/": _again,
    f"GET {A}/parcels/<number>": _parcel("packed"),
    f"POST {A}/parcels/<number>/steps": _parcel("packed", step="fetched"),
    f"POST {A}/orders/<number>/carrier": _chooses,
    f"POST {A}/orders/<number>/send-again": _again,
}
