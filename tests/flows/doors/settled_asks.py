"""What is asked where money goes back after a settlement."""

from collections.abc import Callable, Mapping
from typing import Final

from fieldcast.trade.models import OrderLine
from tests.factories.cover import make_fund
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene


def _gives_back(s: Scene, _role: str) -> Ask:
    settled = OrderLine.objects.select_related("order").filter(settled_at__isnull=False)
    line = settled.filter(order__county_id=s.stall.county_id).order_by("id")[0]
    send = {"line": line.pk, "amount": "1", "why": "到货后又坏了", "borne_by": ""}

    def filled() -> None:
        make_fund(s.stall, cash_fen=100_000, limit_fen=0, by=s.person("officer"), name="先行赔付")

    return Ask({"number": line.order.number}, send, before=filled)


SETTLED_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "GET /county/orders/<str:number>/settled-refund/": _gives_back,
    "POST /county/orders/<str:number>/settled-refund/": _gives_back,
}
