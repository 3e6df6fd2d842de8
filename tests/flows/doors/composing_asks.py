"""What is asked at the doors of composed agreements: one is written down, things are recorded and confirmed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.composed.presets import PRESETS, combined
from fieldcast.agreements.reading import terms_from_json
from fieldcast.agreements.records import operations as records_operations
from fieldcast.kit.months import month_of
from fieldcast.web.coop.drafts import Draft
from tests.factories.accounts import NOW
from tests.factories.market import Stall
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

RECORDS = "/coop/agreements/<int:version_id>/records/"


def _composes(s: Scene, role: str) -> Ask:
    home = s.home(role)
    terms = combined([PRESETS["guarantee_rebate"]], prices={home.lot.product.code: {"": 380}})
    parties = {"host": home.host.id, "carrier": home.carrier.id}
    draft = Draft(name="黄桃秋季", parties=parties, lists={"clauses": terms["clauses"]})
    return Ask(send={"draft": draft.to_json(), "go": "save", "confirms_jump": "1"})


def _own(stall: Stall, role: str) -> int:
    """The party that someone speaks for, or would like to."""
    return {"presenter": stall.host.id, "driver": stall.carrier.id}.get(role, stall.cooperative.id)


def _serves(s: Scene, role: str) -> Ask:
    household = s.parties["household"]
    said = {"server": _own(s.stall, role), "served": household, "what": "修剪指导", "points": "3"}
    return Ask(path={"what": "service"}, send=said)


def _accepts(s: Scene, _role: str) -> Ask:
    return Ask(path={"what": "acceptance"}, send={"lot": s.stall.lot.id, "units": "1"})


def _confirms(s: Scene, role: str) -> Ask:
    """What another party did for one's own."""
    served = _own(s.stall, role)
    other = (s.stall.driver, s.stall.carrier) if role == "chief" else (s.stall.chief, s.stall.cooperative)
    sent: dict[str, Any] = {}

    def done() -> None:
        act = records_operations.record_service(
            by=other[0],
            agreement_id=s.stall.version.agreement_id,
            server_id=other[1].id,
            served_id=served if served != other[1].id else s.stall.host.id,
            what="包装培训",
            points=1,
            now=NOW,
        )
        sent["service"] = act.id

    return Ask(send=sent, before=done)


def _majeure(s: Scene, role: str) -> Ask:
    """Of an agreement that has clauses of the month."""
    home = s.home(role)
    terms = combined([PRESETS["shares"]], prices={home.lot.product.code: {"": 380}})

    def composed() -> None:
        agreements_operations.revise(
            by=None, agreement_id=home.version.agreement_id, terms=terms_from_json(terms), now=NOW
        )

    said = {"agreement": home.version.agreement_id, "month": month_of(NOW).isoformat(), "why": "冰雹"}
    return Ask(send=said, before=composed)


COMPOSING_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /coop/agreements/compose/": _composes,
    f"POST {RECORDS}<slug:what>/": _serves,
    f"POST {RECORDS}<slug:what>/ [acceptance]": _accepts,
    f"POST {RECORDS}confirm/": _confirms,
    "POST /farm/services/<int:act_id>/confirm/": lambda s, _role: Ask(path={"act_id": s.act_id}),
    "POST /county/settlement/agreements/ceiling/": lambda _s, _role: Ask(
        send={"ceiling": "3", "source": "公告"}
    ),
    "POST /county/settlement/agreements/force-majeure/": _majeure,
}
