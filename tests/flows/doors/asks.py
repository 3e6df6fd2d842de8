"""What is asked at each door, so well that whoever is let in is served: a plan that could be made, an order that waits.

A refusal for a wrong form would look like a shut door or hide an open one, so the walk insists that nobody who may
enter is refused.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from fieldcast.live import operations as live_operations
from fieldcast.trade.models import Refund
from fieldcast.trade.operations import end_session, refund_order
from tests.factories.accounts import NOW
from tests.factories.inbox import send_message
from tests.factories.market import Stall
from tests.factories.trade import DELIVERY
from tests.flows.doors.asked import Ask, Things
from tests.flows.doors.bond_asks import BOND_ASKS
from tests.flows.doors.carrying_asks import CARRYING_ASKS
from tests.flows.doors.composing_asks import COMPOSING_ASKS
from tests.flows.doors.fund_asks import FUND_ASKS
from tests.flows.doors.join_asks import JOIN_ASKS
from tests.flows.doors.letter_asks import LETTER_ASKS
from tests.flows.doors.lot_asks import LOT_ASKS
from tests.flows.doors.office_asks import OFFICE_ASKS
from tests.flows.doors.recovery_asks import RECOVERY_ASKS
from tests.flows.doors.refund_asks import REFUND_ASKS
from tests.flows.doors.report_asks import REPORT_ASKS
from tests.flows.doors.scene import OUTSIDE, OUTSIDE_NUMBER, Scene
from tests.flows.doors.settled_asks import SETTLED_ASKS
from tests.flows.doors.signing_asks import SIGNING_ASKS
from tests.flows.doors.table import Door
from tests.flows.doors.vote_asks import VOTE_ASKS

TOMORROW: Final = (NOW + timedelta(days=1)).isoformat()
EVENING: Final = "2026-11-22T19:30"
BOX: Final = {
    "title": "黄桃 5 斤装",
    "pack_units": "5",
    "price": "39.80",
    "units": "3",
    "per_buyer_limit": "3",
}
HOME: Final = {
    "recipient": "小满",
    "phone": "13900139000",
    "province": "浙江省",
    "city": "杭州市",
    "district": "上城区",
    "line": "南山路 1 号",
}
TERMS: Final = {
    "commission_bp": "2",
    "host_bp": "12.5",
    "rebate_bp": "35",
    "logistics_fen_per_pack": "6.80",
    "cold_chain_bp": "3",
    "cold_chain_cap_bp": "8",
    "handling_fen_per_pack": "1.20",
    "host_fixed_fen_per_pack": "0",
    "after_sale": "7",
    "after_sale_unit": "days",
    "at": "5",
    "go": "save",
}
PLACEHOLDER: Final = re.compile(r"<(?:\w+:)?(\w+)>")


def ask(scene: Scene, role: str, door: Door) -> Ask:
    """What `role` asks at the door."""
    asked = ASKS.get(str(door), _sends())(scene, role)
    return replace(asked, path={**_usual(scene), **_of(scene, door.what), **asked.path})


def fill(address: str, things: Things) -> str:
    """The address with things in the places of their names."""
    return PLACEHOLDER.sub(lambda found: str(things[found[1]]), address)


def _usual(s: Scene) -> Things:
    """What an address is about unless something else is said."""
    return {
        "session_id": s.sale.session.id,
        "offer_id": s.sale.offer.id,
        "lot_id": s.stall.lot.id,
        "plot_id": s.stall.lot.plot.id,
        "product_id": s.stall.lot.product.id,
        "lot_file_id": s.photo_id,
        "version_id": s.stall.version.id,
        "fund_id": s.funds["officer"],
        "cooperative_id": s.stall.cooperative.id,
        "organisation_id": s.stall.cooperative.id,
        "number": s.orders["paid"].number,
        "address_id": s.address_id,
        "token_id": s.token_id,
        "message_id": s.question_id,
        "letter_id": s.letter_id,
        "guarantee_id": s.guarantee_id,
        "ballot_id": s.votes["members"],
        **s.insured,
        "sheet_id": s.sheet_id,
        "sha256": s.stall.version.sha256,
        "kind": "inspected",
        "slug": "sales",
        "picture": "map",
        "language": "en",
        "suffix": "svg",
        "provider": "sandbox",
        "person_id": s.person("shopper").pk,
        "item_id": s.desk_item_id,
        "conversation_id": s.letters["letter"].id,
        "village_id": s.village_id,
        "deed": "block",
        "request_id": s.refund_request.id,
        "file_id": s.refund_request.photos[0],
        "wish": "farmer",
        "join_id": s.ways_in.request.id,
        "join_file_id": s.ways_in.photo_id,
        "invitation_id": s.ways_in.invitation_id,
    }


def _of(s: Scene, what: str) -> Things:
    """What a door's `[of what]` stands for."""
    if what in s.statements:
        return {"organisation_id": s.parties.get(what), "statement_id": s.statements[what]}
    if what == "cancelled":
        return {"session_id": s.cancelled.id, "offer_id": s.cancelled_offer.id}
    if what in s.letters:
        found = s.letters[what]
        return {"conversation_id": found.id, "file_id": next(iter(found.latest.photos), 0)}
    if what == "paper":
        return {"lot_file_id": s.paper_id}
    return {"number": s.orders["shipped"].number} if what == "sent off" else {}


def _planned(s: Scene, _role: str, **send: Any) -> Ask:
    return Ask({"session_id": s.planned.id}, send)


def _opens(s: Scene, _role: str) -> Ask:
    """A host is live in one session at a time, so the one that is live ends first."""
    session_id = s.sale.session.id
    return Ask(
        {"session_id": s.planned.id},
        before=lambda: end_session(by=s.stall.chief, session_id=session_id, now=NOW),
    )


def _order(state: str, **send: Any) -> Callable[[Scene, str], Ask]:
    return lambda s, _role: Ask({"number": s.orders[state].number}, send)


def _sends(**send: Any) -> Callable[[Scene, str], Ask]:
    return lambda _scene, _role: Ask(send=send)


def _moves(s: Scene, role: str) -> Ask:
    return _planned(s, role, title="改期", starts_at=EVENING)


def _offers(s: Scene, _role: str) -> Ask:
    return Ask(send={**BOX, "lot": s.stall.lot.id})


def _picks_lot(s: Scene, _role: str) -> Ask:
    return Ask(query={"lot": s.stall.lot.id})


def _plans(s: Scene, role: str) -> Ask:
    home = s.home(role)
    chosen = {"agreement": home.version.id, "cooperative": home.cooperative.id}
    return Ask(send={**chosen, "title": "黄桃专场", "starts_at": EVENING})


def _agrees_anew(s: Scene, role: str) -> Ask:
    home = s.home(role)
    who = {"name": "黄桃秋季", "host": home.host.id, "carrier": home.carrier.id}
    return Ask(send={**TERMS, **who, f"price-{home.lot.product.code}": "3.80"})


def _revises(s: Scene, _role: str) -> Ask:
    return Ask(send={**TERMS, "note": "秋季价格", f"price-{s.stall.lot.product.code}": "3.90"})


def _own_party(s: Scene, role: str) -> int:
    """The party of the agreement that someone speaks for, or would like to."""
    stall: Stall = s.stall
    return {"presenter": stall.host.id, "driver": stall.carrier.id}.get(role, stall.cooperative.id)


def _sends_back_again(s: Scene, _role: str) -> Ask:
    """A refund that the provider would not take."""
    order_id, chief = s.orders["paid"].id, s.stall.chief

    def stuck() -> None:
        refund_order(by=chief, order_id=order_id, reason="缺货", now=NOW)
        Refund.objects.filter(order_id=order_id).update(state="failed")

    return Ask(before=stuck)


def _chooses(state: str, **send: Any) -> Callable[[Scene, str], Ask]:
    """Orders are named by `o`, in the address to look and in the form to do something."""
    return lambda s, _role: Ask(
        send={**send, "o": [s.orders[state].number]}, query={"o": s.orders[state].number}
    )


def _ships(s: Scene, role: str) -> Ask:
    number = s.orders["packed"].number
    return _chooses("packed", **{"carrier": s.stall.carrier.id, f"tracking-{number}": "YT99990001"})(s, role)


def _uploads(_scene: Scene, _role: str) -> Ask:
    file = SimpleUploadedFile(
        "订单.csv", OUTSIDE.replace(OUTSIDE_NUMBER, "260501778899002").encode(), content_type="text/csv"
    )
    return Ask(send={"format": "tmall", "do": "import", "file": file})


def _buys(s: Scene, _role: str) -> Ask:
    to = {f"to-{name}": value for name, value in HOME.items()}
    shown = {"units": "1", "seen_price_fen": s.sale.offer.price_fen, "key": "every-door-0001"}
    return Ask(send={**shown, "address": "new", **to})


def _orders(s: Scene, _role: str) -> Ask:
    offer = s.sale.offer
    sent = {"offer_id": offer.id, "units": 1, "seen_price_fen": offer.price_fen, "delivery": vars(DELIVERY)}
    return Ask(send=sent, headers={"Idempotency-Key": "every-door-0001"})


def _reads_all(s: Scene, role: str) -> Ask:
    """What they were told and have not read."""

    def tell() -> None:
        if s.people[role] is not None:
            send_message(s.person(role), once_key="a door")

    return Ask(before=tell)


def _unfollows(s: Scene, role: str) -> Ask:
    """A host they follow."""
    host_id = s.sale.session.host_id

    def follow() -> None:
        if s.people[role] is not None:
            live_operations.follow(by=s.person(role), host_id=host_id, now=NOW)

    return Ask({"host_id": host_id}, before=follow)


def _api_agreement(s: Scene, _role: str) -> Ask:
    stall = s.stall
    parties = {
        "cooperative_id": stall.cooperative.id,
        "host_id": stall.host.id,
        "carrier_id": stall.carrier.id,
    }
    return Ask(send={"name": "黄桃秋季", **parties, "terms": stall.version.terms.to_json()})


def _api_session(kind: str) -> Callable[[Scene, str], Ask]:
    """A plan of the sale's cooperative or of its host."""
    return lambda s, _role: Ask(send=_session(s.stall, s.parties[kind], s.stall.host.id))


def _session(stall: Stall, organiser_id: int, host_id: int) -> Things:
    return {
        "title": "黄桃专场",
        "starts_at": TOMORROW,
        "organiser_id": organiser_id,
        "cooperative_id": stall.cooperative.id,
        "host_id": host_id,
        "agreement_version_id": stall.version.id,
    }


def _api_offer(s: Scene, _role: str) -> Ask:
    box = {"title": "黄桃", "pack_units": 5, "price_fen": 3980, "units": 3, "per_buyer_limit": 3}
    return Ask(send={"lot_id": s.stall.lot.id, **box})


def _money(s: Scene, role: str) -> Ask:
    party = f"deposit:{s.home(role).cooperative.id}"
    return Ask(send={"party": party, "amount": "100", "slip": "BANK-2026-1"})


def _limit(s: Scene, role: str) -> Ask:
    fund = s.funds.get(role, s.funds["officer"])
    return Ask(send={"fund": fund, "cooperative": s.home(role).cooperative.id, "limit": "500"})


def _deposit(s: Scene, _role: str) -> Ask:
    return Ask(send={"cooperative_id": s.stall.cooperative.id, "amount_fen": 100, "slip": "BANK-2026-2"})


SESSION, COOP_SESSION = "/studio/sessions/<int:session_id>", "/coop/sessions/<int:session_id>"
ORDER, COOP_ORDER = "/me/orders/<str:number>", "/coop/orders/<str:number>"
VERSION, A = "/coop/agreements/<int:version_id>", "/api/v1"

ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    **BOND_ASKS,
    **REPORT_ASKS,
    **SETTLED_ASKS,
    **FUND_ASKS,
    **CARRYING_ASKS,
    **VOTE_ASKS,
    **COMPOSING_ASKS,
    **SIGNING_ASKS,
    **REFUND_ASKS,
    **LETTER_ASKS,
    **RECOVERY_ASKS,
    **LOT_ASKS,
    **OFFICE_ASKS,
    **JOIN_ASKS,
    "POST /live/<int:session_id>/say": _sends(text="真甜"),
    "POST /live/<int:session_id>/like": _sends(count="3"),
    "POST /live/<int:session_id>/remind": _planned,
    "GET /county/histories/": lambda _s, _role: Ask(
        headers={"HX-Request": "true"}
    ),  # by itself it is no page
    "POST /me/follows/<int:host_id>/stop": _unfollows,
    "POST /buy/<int:offer_id>/": _buys,
    f"GET {ORDER}/waiting": _order("reserved"),
    f"POST {ORDER}/pay": _order("reserved"),
    f"POST {ORDER}/receive": _order("shipped"),
    "POST /me/messages/read": _reads_all,
    "POST /me/name/": _sends(display_name="满满"),
    "POST /me/addresses/new/": _sends(**HOME),
    "POST /me/desk/<int:item_id>/": lambda s, role: Ask(
        send={"do": "hand_over", "to": s.person("presenter").pk}
    ),
    "POST /me/tokens/": _sends(name="打印", days="30"),
    "POST /studio/new/": _plans,
    f"GET {SESSION}/edit/": _planned,
    f"POST {SESSION}/edit/": _moves,
    f"POST {SESSION}/open": _opens,
    f"POST {SESSION}/cancel": _planned,
    f"POST {SESSION}/report": _sends(units="1", amount="39.80"),
    f"GET {SESSION}/offers/new/": _picks_lot,
    f"POST {SESSION}/offers/new/": _offers,
    f"POST {SESSION}/explain": lambda s, _role: Ask(send={"offer": s.sale.offer.id}),
    f"POST {SESSION}/answer": lambda s, _role: Ask(send={"question": s.question_id, "text": "甜"}),
    f"POST {SESSION}/announce": _sends(text="大家好"),
    f"POST {SESSION}/transcribe": _sends(text="今早采的"),
    "POST /studio/messages/<int:message_id>/hide": _sends(why="广告"),
    "POST /studio/offers/<int:offer_id>/": _sends(what="price", price="41"),
    "POST /coop/sessions/new/": _plans,
    f"GET {COOP_SESSION}/edit/": _planned,
    f"POST {COOP_SESSION}/edit/": _moves,
    f"POST {COOP_SESSION}/open/": _opens,
    f"POST {COOP_SESSION}/cancel/": _planned,
    f"GET {COOP_SESSION}/offers/new/": _picks_lot,
    f"POST {COOP_SESSION}/offers/new/": _offers,
    "POST /coop/sessions/offers/<int:offer_id>/": _sends(what="units", units="90"),
    "POST /coop/orders/together/": _chooses("paid", do="pack"),
    "GET /coop/orders/labels/": _chooses("paid"),
    "GET /coop/orders/ship/": _chooses("packed"),
    "POST /coop/orders/ship/": _ships,
    f"POST {COOP_ORDER}/refund/": _sends(reason="缺货"),
    f"POST {COOP_ORDER}/refund/ [sent off]": _sends(amount="5", reason="坏果"),
    f"POST {COOP_ORDER}/refund/again/": _sends_back_again,
    "POST /coop/agreements/new/": _agrees_anew,
    f"POST {VERSION}/revise/": _revises,
    f"POST {VERSION}/consent/": lambda s, role: Ask(
        path={"version_id": s.unsigned_version_id}, send={"organisation": _own_party(s, role)}
    ),
    "POST /coop/outside/upload/": _uploads,
    f"POST {A}/me/addresses": _sends(**HOME),
    f"POST {A}/me/tokens": _sends(name="打印"),
    f"POST {A}/agreements": _api_agreement,
    f"POST {A}/agreement-versions/<version_id>/revisions": lambda s, _role: Ask(
        send={"terms": s.stall.version.terms.to_json()}
    ),
    f"POST {A}/agreement-versions/<version_id>/consents": lambda s, role: Ask(
        path={"version_id": s.unsigned_version_id}, send={"organisation_id": _own_party(s, role)}
    ),
    f"POST {A}/sessions [cooperative]": _api_session("cooperative"),
    f"POST {A}/sessions [host]": _api_session("host"),
    f"POST {A}/sessions/<session_id>/open": _opens,
    f"POST {A}/sessions/<session_id>/cancel": _planned,
    f"POST {A}/sessions/<session_id>/explain": lambda s, _role: Ask(send={"offer_id": s.sale.offer.id}),
    f"POST {A}/sessions/<session_id>/messages": _sends(text="真甜"),
    f"POST {A}/sessions/<session_id>/messages [answer]": lambda s, _role: Ask(
        send={"text": "甜", "kind": "answer", "answers": s.question_id}
    ),
    f"POST {A}/sessions/<session_id>/likes": _sends(count=3),
    f"POST {A}/sessions/<session_id>/transcript": _sends(text="今早采的", at=NOW.isoformat()),
    f"POST {A}/sessions/<session_id>/offers": _api_offer,
    f"POST {A}/sessions/<session_id>/sales-reports": _sends(units=1, amount_fen=3980),
    f"POST {A}/offers/<offer_id>/price": _sends(price_fen=4100),
    f"POST {A}/orders": _orders,
    f"POST {A}/orders/<number>/pay": _order("reserved"),
    f"POST {A}/orders/<number>/ship": lambda s, _role: Ask(
        {"number": s.orders["packed"].number},
        {"carrier_id": s.stall.carrier.id, "tracking_number": "YT99990001"},
    ),
    f"POST {A}/orders/<number>/receive": _order("shipped"),
    f"POST {A}/orders/<number>/refund": _sends(reason="缺货"),
    f"POST {A}/orders/<number>/after-sale-refund": _order("received", amount_fen=500, reason="坏果"),
    "POST /county/cover/money/": _money,
    "POST /county/cover/funds/new/": _sends(name="灾害基金"),
    "POST /county/cover/limits/": _limit,
    f"POST {A}/county/funds": _sends(name="灾害基金"),
    f"POST {A}/county/deposits": _deposit,
    f"POST {A}/county/deposits/back": _deposit,
    f"POST {A}/funds/<fund_id>/money": _sends(amount_fen=100, slip="BANK-2026-3"),
    f"POST {A}/funds/<fund_id>/backings": lambda s, _role: Ask(
        send={"cooperative_id": s.stall.cooperative.id, "limit_fen": 500}
    ),
    "POST /demo/viewers/": _sends(they="come"),
    f"POST {A}/demo/cast": _sends(buyers=1),
    f"POST {A}/demo/company": _sends(viewers=1),
}
