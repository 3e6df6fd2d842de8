"""What people are told of: statements, agreements that wait for them, lots whose sale stops; with it or not at all."""

import pytest
from django.db import transaction
from django.urls import resolve

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import Role
from fieldcast.agreements import operations as agreements_operations
from fieldcast.inbox import queries
from fieldcast.inbox.types import MessageView
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.types import EventKind
from tests.factories.accounts import NOW, make_member
from tests.factories.market import Stall, make_stall
from tests.factories.trace import make_event
from tests.factories.trade import make_order, make_sale
from tests.web.shared.desk import make_farmer, make_officer, make_packer, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall() -> Stall:
    return make_stall()


def got(person: Person, kind: str) -> list[MessageView]:
    """What a person was told of a kind; each leads to a page there is."""
    found = [one for one in queries.messages(person_id=person.pk, per_page=200).items if one.kind == kind]
    for one in found:
        assert resolve(one.link)
    return found


def test_a_statement_is_told_to_those_who_answer_for_its_organisation() -> None:
    sale = make_sale()
    packer, manager = make_packer(sale.stall), make_member(organisation=sale.stall.host, role=Role.MANAGER)
    make_order(sale, until="received")
    settle(sale)
    for person in (sale.stall.chief, sale.stall.presenter, manager, sale.stall.driver):
        assert len(got(person, "statement_issued")) == 1
    assert got(packer, "statement_issued") == []
    (one,) = got(sale.stall.presenter, "statement_issued")
    assert one.link.startswith("/statements/")


def test_a_version_waits_for_those_who_have_not_agreed(stall: Stall) -> None:
    before = {one.pk: len(got(one, "consent_wanted")) for one in (stall.chief, stall.presenter, stall.driver)}
    version = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=stall.version.terms, now=NOW
    )
    after = {one.pk: len(got(one, "consent_wanted")) for one in (stall.chief, stall.presenter, stall.driver)}
    assert [after[one] - before[one] for one in after] == [0, 1, 1]
    newest = got(stall.presenter, "consent_wanted")[0]
    assert (newest.link, newest.read_at) == (f"/coop/agreements/{version.id}/", None)


def test_whoever_agrees_answers_for_all_who_were_asked(stall: Stall) -> None:
    second = make_member(organisation=stall.host, role=Role.MANAGER)
    version = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=stall.version.terms, now=NOW
    )
    agreements_operations.consent(by=second, version_id=version.id, organisation_id=stall.host.id, now=NOW)
    link = f"/coop/agreements/{version.id}/"
    states = {
        person.pk: [one.read_at for one in got(person, "consent_wanted") if one.link == link]
        for person in (second, stall.presenter, stall.driver)
    }
    assert states == {second.pk: [NOW], stall.presenter.pk: [NOW], stall.driver.pk: [None]}


def test_a_stop_by_the_platform_is_told_to_the_lots_cooperative(stall: Stall) -> None:
    trace_operations.stop_lot(by=None, lot_id=stall.lot.id, reason="检测不合格", now=NOW)
    (one,) = got(stall.chief, "sale_stopped")
    assert stall.lot.code in one.sentence
    assert one.link == f"/lots/{stall.lot.id}/"
    assert got(stall.presenter, "sale_stopped") == []


def test_a_failed_test_is_told_to_its_cooperative_its_farmer_and_the_county(stall: Stall) -> None:
    lot = f"/lots/{stall.lot.id}/"
    pages = {
        f"/coop{lot}": stall.chief,
        lot: make_farmer(stall),
        f"/county{lot}": make_officer(stall.county_id),
    }
    failed = {"result": "fail", "residue": "above limits"}
    make_event(stall.lot, EventKind.INSPECTED, failed, by=stall.chief)
    for page, person in pages.items():
        (one,) = got(person, "test_failed")
        assert one.link == page
        assert stall.lot.code in one.sentence
        assert got(person, "sale_stopped") == []
    assert got(stall.presenter, "test_failed") == []


def test_whoever_stops_a_sale_is_not_told_of_it_and_the_others_are(stall: Stall) -> None:
    other = make_member(organisation=stall.cooperative, role=Role.MANAGER)
    trace_operations.stop_lot(by=stall.chief, lot_id=stall.lot.id, reason="异味", now=NOW)
    trace_operations.resume_lot(by=other, lot_id=stall.lot.id, reason="复检合格", now=NOW)
    said = [
        [len(got(one, kind)) for kind in ("sale_stopped", "sale_resumed")] for one in (stall.chief, other)
    ]
    assert said == [[0, 1], [1, 0]]


def test_a_stop_that_is_undone_is_told_to_nobody(stall: Stall) -> None:
    with transaction.atomic():
        trace_operations.stop_lot(by=None, lot_id=stall.lot.id, reason="检测不合格", now=NOW)
        transaction.set_rollback(True)
    assert got(stall.chief, "sale_stopped") == []
