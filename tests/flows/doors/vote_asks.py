"""What is asked at the doors of votes, of the long chain, and of what is known of selling alone."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from django.utils import timezone

from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene


def _calls(_s: Scene, _role: str) -> Ask:
    end = timezone.localtime() + timedelta(days=3)
    return Ask(send={"question": "卖给谁？", "closes_at": f"{end:%Y-%m-%dT%H:%M}"})


def _writes_chain(s: Scene, role: str) -> Ask:
    day = timezone.localdate().isoformat()
    sent = {"units": "1", "name_1": "农户", "fen_1": "2.00", "source_1": "县里调查", "day_1": day}
    return Ask(path={"product_code": s.home(role).lot.product.code}, send=sent)


def _chain(s: Scene, role: str) -> Ask:
    return Ask(path={"product_code": s.home(role).lot.product.code})


def _ours(s: Scene, _role: str) -> Ask:
    return Ask(path={"ballot_id": s.votes["members of the federation"]}, send={"choice": "yes"})


def _leaves(s: Scene, _role: str) -> Ask:
    path = {"organisation_id": s.votes["federation"], "wish": "leave"}
    return Ask(path=path, send={"cooperative": s.stall.cooperative.id, "reason": "章程第五条"})


VOTE_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /coop/votes/rule/": lambda _s, _role: Ask(send={"first": "yes", "why": "章程第九条"}),
    "POST /coop/votes/new/": _calls,
    "POST /coop/votes/<int:ballot_id>/minutes/": lambda s, _role: Ask(
        send={"household": s.parties["household"], "choice": "yes", "minutes": "第 3 页"}
    ),
    "POST /coop/votes/<int:ballot_id>/off/": lambda _s, _role: Ask(send={"why": "写错了"}),
    "POST /coop/together/": lambda _s, _role: Ask(send={"parcel_minutes": "12", "source": "社员大会"}),
    "POST /farm/votes/<int:ballot_id>/": lambda _s, _role: Ask(send={"choice": "yes"}),
    "GET /coop/votes/<int:ballot_id>/ours/": _ours,
    "POST /coop/votes/<int:ballot_id>/ours/": _ours,
    "GET /office/organisations/<int:organisation_id>/federation/<slug:wish>/": _leaves,
    "POST /office/organisations/<int:organisation_id>/federation/<slug:wish>/": _leaves,
    "GET /county/settlement/chains/<str:product_code>/": _chain,
    "POST /county/settlement/chains/<str:product_code>/": _writes_chain,
}
