"""A list of ten costs as many statements as a list of two, on every console."""

from collections.abc import Mapping
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.catalog.operations import declare_crop
from fieldcast.live.models import Session
from fieldcast.live.types import SessionState
from fieldcast.settlement.models import Statement
from fieldcast.settlement.operations import settle_due
from fieldcast.supervision.operations import report_sales
from fieldcast.trace.operations import register_harvest
from tests.factories.accounts import NOW, make_organisation
from tests.factories.catalog import HARVEST_DAY, make_product
from tests.factories.cover import make_fund, slip
from tests.factories.market import Stall, everyone_agrees
from tests.factories.terms import make_terms
from tests.factories.trade import Sale, later, make_offer, make_order, make_sale, make_session
from tests.web.county.office import Desk, make_desk, stick
from tests.web.shared.desk import browser, make_farmer

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
FEW: Final = 2
MORE: Final = 8  # one statement a row is seen in the second row as well as in the thirtieth
PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "chief": (
        "/coop/",
        "/coop/orders/",
        "/coop/orders/?state=all",
        "/coop/lots/",
        "/coop/sessions/",
        "/coop/statements/",
        "/coop/members/",
        "/coop/agreements/",
        "/coop/outside/",
    ),
    "presenter": (
        "/studio/",
        "/studio/sessions/",
        "/studio/statements/",
        "/studio/pay/",
        "/studio/pay/rows/",
    ),
    "driver": ("/statements/carrier/",),
    "farmer": (
        "/farm/",
        "/farm/lots/",
        "/farm/statements/",
        "/farm/pay/",
        "/farm/pay/rows/",
        "/farm/account/",
    ),
    "officer": (
        "/county/",
        "/county/sessions/",
        "/county/sessions/?check=differs",
        "/county/orders/",
        "/county/settlement/",
        "/county/settlement/shares/",
        "/county/cover/",
        "/county/cover/limits/",
        "/county/households/",
        "/county/attention/",
        "/county/notices/",
    ),
}


def test_ten_of_everything_cost_no_more_statements_than_two() -> None:
    sale = make_sale(quantity=10_000, packs=200)
    desk = make_desk(sale)
    stall = sale.stall
    people = {
        "chief": browser(stall.chief),
        "presenter": browser(stall.presenter),
        "driver": browser(stall.driver),
        "farmer": browser(make_farmer(stall)),
        "officer": desk.client,
    }
    grow(desk, FEW)
    few = counted(people)
    grow(desk, MORE)
    assert counted(people) == few


def counted(people: Mapping[str, Client]) -> dict[str, int]:
    """Statements of each page, and of the newest statement of each role."""
    found = {page: statements(people[who], page) for who, pages in PAGES.items() for page in pages}
    for role, who in (("cooperative", "chief"), ("host", "presenter"), ("farmer", "farmer")):
        newest = Statement.objects.filter(role=role).latest("id")
        found[f"statement of the {role}"] = statements(people[who], f"/statements/{newest.pk}/")
    return found


def statements(client: Client, page: str) -> int:
    client.get(page)  # what is asked once a process, or written once a browser
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200, page
    return len(asked)


def grow(desk: Desk, count: int) -> None:
    """So many more of everything that a page lists."""
    for number in range(count):
        _more_to_sell(desk.sale, number)
        _more_sold(desk.sale)
        _more_behind(desk)
    settle_due(now=later(3600 + count))


def _more_to_sell(sale: Sale, number: int) -> None:
    stall = sale.stall
    product_id = make_product(county_id=stall.county_id)
    declare_crop(by=None, plot_id=stall.lot.plot.id, product_id=product_id, now=NOW)
    register_harvest(
        by=None,
        plot_id=stall.lot.plot.id,
        product_id=product_id,
        cooperative_id=stall.cooperative.id,
        grade="一级",
        harvested_on=HARVEST_DAY,
        quantity=10,
        now=NOW,
        today=HARVEST_DAY,
    )
    make_session(stall, open_=False)
    over = make_session(stall, open_=False)
    Session.objects.filter(id=over.id).update(
        state=SessionState.ENDED.value, opened_at=NOW, closed_at=later(number)
    )
    report_sales(by=stall.presenter, session_id=over.id, packs=1, amount_fen=1, now=later(30))


def _more_sold(sale: Sale) -> None:
    """Orders in several states, one of them finished under terms of its own."""
    make_order(sale)
    make_order(sale, until="shipped")
    stick(sale)
    offer = make_offer(sale.stall, sale.session, packs=3, agreement_version_id=_another_agreement(sale.stall))
    make_order(Sale(stall=sale.stall, session=sale.session, offer=offer), until="closed")


def _another_agreement(stall: Stall) -> int:
    version = agreements_operations.create_agreement(
        by=stall.chief,
        county_id=stall.county_id,
        name="黄桃另约",
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        carrier_id=stall.carrier.id,
        terms=make_terms(product_code=stall.lot.product.code),
        now=NOW,
    )
    everyone_agrees(stall, version.id)
    return version.id


def _more_behind(desk: Desk) -> None:
    stall = desk.sale.stall
    make_organisation(county_id=stall.county_id, kind=OrganisationKind.HOUSEHOLD)
    other = make_organisation(county_id=stall.county_id, kind=OrganisationKind.COOPERATIVE)
    cover_operations.receive_deposit(
        by=desk.officer, cooperative_id=other.id, amount_fen=100, slip=slip(), now=NOW
    )
    make_fund(stall, cash_fen=100, by=desk.officer, name=f"基金 {slip()}")
