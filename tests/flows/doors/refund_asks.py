"""What is asked at the doors of requests for money back: asked, refused, objected to and decided."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils import timezone

from fieldcast.trade.operations import answer_refund, object_to_answer
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

ORDER, A = "/me/orders/<str:number>", "/api/v1"
ANSWER: Final = {"do": "give", "amount": "39.80"}


def _sends(**send: Any) -> Callable[[Scene, str], Ask]:
    return lambda _scene, _role: Ask(send=send)


def _paid(**send: Any) -> Callable[[Scene, str], Ask]:
    """Of an order that waits to be sent."""
    return lambda s, _role: Ask({"number": s.orders["paid"].number}, send)


def _refuse(s: Scene) -> None:
    answer_refund(
        by=s.stall.chief,
        request_id=s.refund_request.id,
        amount_fen=0,
        words="照片里是好的",
        now=timezone.now(),
    )


def _objects(s: Scene, _role: str) -> Ask:
    """To what the seller has refused."""
    return replace(_takes_back(s, _role), send={"words": "看第一张照片"}, before=lambda: _refuse(s))


def _decides(s: Scene, _role: str) -> Ask:
    """About what the buyer has objected to."""

    def objected() -> None:
        _refuse(s)
        object_to_answer(
            by=s.person("buyer"), request_id=s.refund_request.id, words="不同意", now=timezone.now()
        )

    return Ask(send=ANSWER, before=objected)


def _answers(s: Scene, role: str) -> Ask:
    """The seller at once, the county what the buyer has objected to."""
    return replace(_decides(s, role) if role == "officer" else Ask(), send={"amount_fen": 1000})


def _takes_back(s: Scene, _role: str) -> Ask:
    return Ask({"number": s.refund_request.order_number})


REFUND_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    f"GET {ORDER}/refund/": _paid(),
    f"POST {ORDER}/refund/": _paid(wrong="not_arrived", packs="1", words="一直没发货"),
    f"POST {ORDER}/refund/object": _objects,
    f"POST {ORDER}/refund/withdraw": _takes_back,
    "POST /coop/refunds/<int:request_id>/": _sends(**ANSWER),
    "POST /county/refunds/<int:request_id>/": _decides,
    f"POST {A}/orders/<number>/refund-requests": _paid(wrong="not_arrived", packs=1, words="没发货"),
    f"POST {A}/refund-requests/<request_id>/answer": _answers,
    f"POST {A}/refund-requests/<request_id>/object": _objects,
}
