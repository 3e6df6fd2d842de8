"""What is asked at the doors of requests for money back: asked, refused, objected to and decided."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils import timezone

from fieldcast.trade.operations import agree_return, answer_refund, exchange_goods, object_to_answer
from tests.factories.guards import behind_its_back
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

ORDER, A = "/me/orders/<str:number>", "/api/v1"
ANSWER: Final = {"do": "give", "amount": "39.80"}
DECISION: Final = {**ANSWER, "words": "照片里看得见", "borne_by": "packer"}


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

    return Ask(send=DECISION, before=objected)


def _answers(s: Scene, role: str) -> Ask:
    """The seller at once, the county what the buyer has objected to."""
    if role == "officer":
        return replace(_decides(s, role), send={"amount_fen": 1000, "words": "坏了", "borne_by": "host"})
    return Ask(send={"amount_fen": 1000})


def _takes_back(s: Scene, _role: str) -> Ask:
    return Ask({"number": s.refund_request.order_number})


def _decided(s: Scene) -> None:
    """By the county, after the buyer has objected."""
    _decides(s, "officer").before()
    answer_refund(
        by=s.person("officer"), request_id=s.refund_request.id, amount_fen=0, words="维持", now=timezone.now()
    )


def _appeals(s: Scene, _role: str) -> Ask:
    return replace(_takes_back(s, _role), send={"words": "再看一次"}, before=lambda: _decided(s))


def _wants(s: Scene, remedy: str) -> None:
    """The scene's request is for goods, though its buyer asked for money."""
    behind_its_back("UPDATE trade_refundrequest SET remedy = %s WHERE id = %s", remedy, s.refund_request.id)


def _with_goods(remedy: str) -> Callable[[Scene, str], Ask]:
    """The seller lets them come back, or sends others."""
    return lambda s, _role: Ask(send={"words": "寄到合作社"}, before=lambda: _wants(s, remedy))


def _sends_back(s: Scene, role: str) -> Ask:
    """What the seller lets come back."""

    def agreed() -> None:
        _wants(s, "return_and_refund")
        agree_return(by=s.stall.chief, request_id=s.refund_request.id, words="寄到合作社", now=timezone.now())

    return replace(_takes_back(s, role), send={"words": "顺丰 551234"}, before=agreed)


def _arrived(s: Scene, role: str) -> Ask:
    """What the seller has sent in exchange."""

    def exchanged() -> None:
        _wants(s, "exchange")
        exchange_goods(by=s.stall.chief, request_id=s.refund_request.id, words="补发", now=timezone.now())

    return replace(_takes_back(s, role), send={}, before=exchanged)


SET_UP: Final = {
    "phone": "0797-1234567", "damage_hours": "48", "answer_hours": "24", "decide_days": "7", "most_requests": "5",
}  # fmt: skip
REFUND_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    f"GET {ORDER}/refund/": _paid(),
    f"POST {ORDER}/refund/": _paid(wrong="not_arrived", packs="1", words="一直没发货"),
    f"POST {ORDER}/refund/object": _objects,
    f"POST {ORDER}/refund/withdraw": _takes_back,
    "POST /coop/refunds/<int:request_id>/": _sends(**ANSWER),
    "POST /county/refunds/<int:request_id>/": _decides,
    f"POST {ORDER}/refund/appeal": _appeals,
    f"POST {ORDER}/refund/sent-back": _sends_back,
    f"POST {ORDER}/refund/arrived": _arrived,
    "POST /coop/refunds/<int:request_id>/appeal": _appeals,
    "POST /county/refunds/settings/": _sends(**SET_UP),
    f"POST {A}/refund-requests/<request_id>/appeal": _appeals,
    f"POST {A}/refund-requests/<request_id>/return": _with_goods("return_and_refund"),
    f"POST {A}/refund-requests/<request_id>/exchange": _with_goods("exchange"),
    f"POST {A}/refund-requests/<request_id>/sent-back": _sends_back,
    f"POST {A}/orders/<number>/refund-requests": _paid(wrong="not_arrived", packs=1, words="没发货"),
    f"POST {A}/refund-requests/<request_id>/answer": _answers,
    f"POST {A}/refund-requests/<request_id>/object": _objects,
}
