"""What is made for the scene behind the doors, each on its own: votes, funds, letters, a request for money back."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from fieldcast.accounts.models import Organisation, Person
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.votes import operations as votes_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import ConversationView, RequestView
from tests.factories.accounts import make_federation, make_organisation
from tests.factories.cover import make_fund
from tests.factories.letters import make_letter
from tests.factories.market import Stall
from tests.factories.refunds import make_refund_request
from tests.factories.trade import Sale, make_order

HOUSEHOLD = "枣树下王家"
LATE_QUESTION = "一周了还没人回我"


def votes(stall: Stall) -> dict[str, int]:
    """A vote of the members and one of a federation that the cooperative is in, open while the doors are walked."""
    federation, chief = make_federation(stall.county_id, of=[stall.cooperative])
    now = timezone.now()
    called = {
        name: votes_operations.call(
            by=by,
            cooperative_id=of,
            question="要不要买冷库？",
            closes_at=now + timedelta(days=7),
            now=now,
        ).id
        for name, by, of in (
            ("members", stall.chief, stall.cooperative.id),
            ("members of the federation", chief, federation.id),
        )
    }
    return {**called, "federation": federation.id}


def quiet_household(county_id: int) -> None:
    """A household that sold nothing: of one that did, its lot's public page says that it grew it."""
    quiet = make_organisation(county_id=county_id, kind=OrganisationKind.HOUSEHOLD)
    Organisation.objects.filter(id=quiet.id).update(name=HOUSEHOLD, name_en=HOUSEHOLD)


def funds(officers: Mapping[str, Stall], people: Mapping[str, Person | None]) -> dict[str, int]:
    """A fund of each officer's county."""
    return {role: make_fund(at, cash_fen=100_000, by=people[role]).id for role, at in officers.items()}


def asked_back(sale: Sale, buyer: Person) -> RequestView:
    """What the buyer asks back now, so that the seller still has time to answer."""
    order = make_order(sale, until="shipped", by=buyer)
    return make_refund_request(order, by=buyer, now=timezone.now())


def letters(sale: Sale, buyer: Person) -> dict[str, ConversationView]:
    """What the buyer has just written, what nobody has answered in time, and what was closed."""
    third, first, second = (make_order(sale, until="paid", by=buyer) for _one in range(3))
    now = timezone.now()
    return {
        "letter": make_letter(first, by=buyer, photos=1, now=now),
        "late": make_letter(second, by=buyer, words=LATE_QUESTION, photos=1, now=now - timedelta(days=7)),
        "closed": trade_operations.close_conversation(
            by=sale.stall.chief,
            conversation_id=make_letter(third, by=buyer, now=now).id,
            reason="骂人",
            now=now,
        ),
    }
