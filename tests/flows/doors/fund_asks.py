"""What is asked at the doors of a county's funds: a floor, a payment decided, a policy, a claim sent and paid."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from fieldcast.accounts.types import OrganisationKind
from fieldcast.settlement.insurance.operations import mark_sent
from tests.factories.accounts import NOW, make_organisation
from tests.flows.doors.asked import Ask
from tests.flows.doors.insured import POLICY
from tests.flows.doors.scene import Scene


def _floor(s: Scene, role: str) -> Ask:
    return Ask(send={"fund": s.funds.get(role, 0), "limit": "100"})


def _policy(s: Scene, role: str) -> Ask:
    """Of an insurer that is made for it, which has no policy yet."""
    send: dict[str, Any] = {**POLICY, "fund": s.funds.get(role, 0)}

    def company() -> None:
        kind, county_id = OrganisationKind.COMPANY, s.home(role).county_id
        send["insurer"] = make_organisation(county_id=county_id, kind=kind, name="中华财险").id

    return Ask(send=send, before=company)


def _claims(s: Scene, _role: str) -> Ask:
    return Ask(send={"refund": f"{s.insured['line_id']}:{s.insured['refund']}"})


def _sent(**send: str) -> Callable[[Scene, str], Ask]:
    """Of a claim that was sent."""

    def asks(s: Scene, _role: str) -> Ask:
        def sent() -> None:
            mark_sent(by=s.person("officer"), claim_id=s.insured["claim_id"], now=NOW)

        return Ask(send=send, before=sent)

    return asks


FUND_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /county/cover/floors/": _floor,
    "POST /county/cover/payments/<int:ask_id>/": lambda _s, _role: Ask(
        send={"do": "decline", "why": "证据不足"}
    ),
    "POST /county/cover/insurance/new/": _policy,
    "POST /county/cover/insurance/<int:policy_id>/claim/": _claims,
    "POST /county/cover/insurance/claims/<int:claim_id>/paid/": _sent(amount="0.50", slip="INS-DOOR"),
    "POST /county/cover/insurance/claims/<int:claim_id>/refused/": _sent(why="不在保险责任内"),
}
