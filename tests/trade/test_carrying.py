"""A parcel's way with its carrier: whose it is, fetched, delivered or not, each step once and with its own time."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fieldcast.accounts.models import PersonalDataRead
from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog.models import Lot
from fieldcast.desk import queries as desk
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.carrying import told
from fieldcast.trade.loaders import load_parcel, load_parcel_whole
from fieldcast.trade.models import Carrying, CarryingStep, Order
from fieldcast.trade.stock import units
from fieldcast.trade.types import Carried, CarryingState, Hindrance, OrderState, ParcelView, Round, To
from tests.factories.accounts import make_member, make_organisation
from tests.factories.market import agree_with_carrier
from tests.factories.trade import Sale, assert_balanced, later, make_buyer, make_order, make_sale
from tests.web.shared.desk import make_officer, make_packer

pytestmark = pytest.mark.django_db
DAYS11 = 11 * 24 * 3600


@pytest.fixture
def sale() -> Sale:
    return make_sale()


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    steps = CarryingStep.objects.count()
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    assert CarryingStep.objects.count() == steps
    return raised.value


def parcel(sale: Sale, number: str) -> ParcelView:
    return load_parcel(by=sale.stall.driver, code=number)


def fetched(sale: Sale, *, packs: int = 1, **how: Any) -> ParcelView:
    order = make_order(sale, until="packed", packs=packs, **how)
    operations.fetch(by=sale.stall.driver, order_id=order.id, now=later(10))
    return parcel(sale, order.number)


def hindered(sale: Sale, **how: Any) -> ParcelView:
    found = fetched(sale, **how)
    operations.not_delivered(
        by=sale.stall.driver, order_id=found.order_id, why=Hindrance.NOBODY, words="敲门没人", now=later(20)
    )
    return parcel(sale, found.number)


def rounds(sale: Sale, seconds: float = 100) -> dict[Round, int]:
    return queries.parcel_counts(carrier_id=sale.stall.carrier.id, now=later(seconds))


def letters(person_id: int) -> list[str]:
    return [one.kind for one in inbox.messages(person_id=person_id).items]


def test_a_packed_parcel_waits_for_the_carrier_of_its_terms_and_no_other(sale: Sale) -> None:
    order = make_order(sale, until="packed")
    found = parcel(sale, order.number)
    assert (found.state, found.carrier_id) == (CarryingState.TO_FETCH, sale.stall.carrier.id)
    assert (found.seller_name, found.delivery.recipient) == (sale.stall.cooperative.name, "李**")
    assert rounds(sale) == {Round.TO_FETCH: 1, Round.ON_THE_WAY: 0, Round.DELIVERED: 0}
    other = make_organisation(county_id=sale.stall.county_id, kind=OrganisationKind.CARRIER, name="山通")
    stranger = make_member(organisation=other)
    refused(problems.UnknownCode, lambda: load_parcel(by=stranger, code=order.number))
    refused(NotFound, lambda: operations.fetch(by=stranger, order_id=order.id, now=later(1)))
    refused(NotFound, lambda: operations.fetch(by=sale.stall.chief, order_id=order.id, now=later(1)))


def test_a_carrier_fetches_and_the_order_is_sent_off_with_its_own_time(sale: Sale) -> None:
    buyer = make_buyer(sale)
    order = make_order(sale, until="packed", by=buyer, packs=2)
    at = later(60)
    operations.fetch(by=sale.stall.driver, order_id=order.id, at=at, now=later(3600))
    found, sent = parcel(sale, order.number), queries.order(order_id=order.id)
    assert (found.state, found.tracking_number) == (CarryingState.ON_THE_WAY, order.number)
    assert (sent.state, sent.shipped_at) == (OrderState.SHIPPED, at)
    (step,) = found.steps
    assert (step.step, step.at, step.noted_at, step.boxes) == (Carried.FETCHED, at, later(3600), 2)
    assert step.by_id == sale.stall.driver.pk
    assert letters(buyer.pk) == ["parcel_fetched"]
    checks = (queries.wrong_orders(), queries.wrong_steps(), queries.untold_parcels())
    assert [one.figure for one in checks] == [0, 0, 0]


def test_the_same_step_again_by_another_phone_changes_nothing(sale: Sale) -> None:
    mate = make_member(organisation=sale.stall.carrier, name="同事")
    found = fetched(sale)
    operations.fetch(by=mate, order_id=found.order_id, now=later(11))
    for person in (mate, sale.stall.driver):
        operations.deliver(by=person, order_id=found.order_id, to=To.DOOR, now=later(30))
    steps = parcel(sale, found.number).steps
    assert [(one.step, one.by_id) for one in steps] == [
        (Carried.FETCHED, sale.stall.driver.pk),
        (Carried.DELIVERED, mate.pk),
    ]


def test_no_step_is_before_the_one_it_follows_or_has_yet_to_come(sale: Sale) -> None:
    order = make_order(sale, until="packed", now=later(100))
    operations.fetch(by=sale.stall.driver, order_id=order.id, at=later(-999), now=later(200))
    operations.deliver(by=sale.stall.driver, order_id=order.id, to=To.DOOR, at=later(9999), now=later(300))
    assert [one.at for one in parcel(sale, order.number).steps] == [later(100), later(300)]


def test_fewer_boxes_need_a_word_which_the_cooperative_reads(sale: Sale) -> None:
    order, driver = make_order(sale, until="packed", packs=3), sale.stall.driver
    for boxes in (0, 2, 4):
        problem = refused(
            problems.BoxesDiffer,
            partial(operations.fetch, by=driver, order_id=order.id, boxes=boxes, now=later(1)),
        )
        assert problem.facts == {"boxes": 3}
    operations.fetch(by=driver, order_id=order.id, boxes=2, words="一箱没备好", now=later(2))
    assert (parcel(sale, order.number).steps[0].boxes, letters(sale.stall.chief.pk)) == (
        2,
        ["parcel_not_whole"],
    )


def test_what_is_stopped_or_given_back_is_not_fetched(sale: Sale) -> None:
    back, held = make_order(sale, until="packed"), make_order(sale, until="packed")
    operations.refund_order(by=sale.stall.chief, order_id=back.id, reason="烂果", now=later(5))
    refused(
        problems.WrongState,
        lambda: operations.fetch(by=sale.stall.driver, order_id=back.id, now=later(6)),
    )
    assert rounds(sale)[Round.TO_FETCH] == 1
    Lot.objects.filter(id=sale.stall.lot.id).update(state="stopped")
    refused(
        problems.OrderHeldBack,
        lambda: operations.fetch(by=sale.stall.driver, order_id=held.id, now=later(6)),
    )
    assert parcel(sale, held.number).held_back


def test_what_is_packed_all_the_same_while_its_carrier_waits_for_it_is_held_back(
    sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, locks = make_order(sale, until="paid"), units.lock_order
    Lot.objects.filter(id=sale.stall.lot.id).update(state="stopped")

    def after_packing(order_id: int) -> Order:
        monkeypatch.setattr(units, "lock_order", locks)
        operations.pack(by=sale.stall.chief, order_id=order_id, why="买家要", now=later(5))
        return locks(order_id)

    monkeypatch.setattr(units, "lock_order", after_packing)
    refused(
        problems.OrderHeldBack,
        lambda: operations.fetch(by=sale.stall.driver, order_id=order.id, now=later(6)),
    )


def test_delivered_to_a_neighbour_names_them_and_is_not_the_buyers_receipt(sale: Sale) -> None:
    buyer = make_buyer(sale)
    found = fetched(sale, by=buyer)
    deliver: dict[str, Any] = {
        "by": sale.stall.driver,
        "order_id": found.order_id,
        "to": To.NEIGHBOUR,
        "now": later(30),
    }
    problem = refused(problems.NotSaid, lambda: operations.deliver(**deliver, words="\u200b"))
    assert problem.facts["what"] == str(told.NEIGHBOUR)
    operations.deliver(**deliver, words="3 栋王阿姨")
    step = parcel(sale, found.number).steps[-1]
    assert (step.detail, step.words) == ("neighbour", "3 栋王阿姨")
    assert queries.order(order_id=found.order_id).state == OrderState.SHIPPED
    assert "parcel_delivered" in letters(buyer.pk)
    assert rounds(sale) == {Round.TO_FETCH: 0, Round.ON_THE_WAY: 0, Round.DELIVERED: 1}
    assert rounds(sale, 15 * 24 * 3600)[Round.DELIVERED] == 0
    operations.receive(by=buyer, order_id=found.order_id, now=later(40))
    assert operations.receive_overdue(now=later(DAYS11)) == 0
    assert_balanced()


def test_what_was_delivered_counts_as_received_ten_days_after_it_was_sent(sale: Sale) -> None:
    found = fetched(sale)
    operations.deliver(by=sale.stall.driver, order_id=found.order_id, to=To.DOOR, now=later(9 * 24 * 3600))
    assert operations.receive_overdue(now=later(10 * 24 * 3600 + 10)) == 1


def test_what_could_not_be_delivered_waits_on_the_sellers_desk_and_does_not_count_as_received(
    sale: Sale,
) -> None:
    packer, officer, buyer = make_packer(sale.stall), make_officer(sale.stall.county_id), make_buyer(sale)
    found = hindered(sale, by=buyer)
    assert found.hindrance is not None
    assert (found.hindrance.detail, found.hindrance.words) == ("nobody", "敲门没人")
    (item,) = desk.waiting_for(person_id=packer.pk)
    assert (item.kind, item.facts) == ("parcel_undelivered", {"order": found.number})
    assert letters(packer.pk) == ["parcel_not_delivered"]
    assert "parcel_not_delivered" in letters(buyer.pk)
    assert operations.receive_overdue(now=later(DAYS11)) == 0
    again: dict[str, Any] = {"order_id": found.order_id, "now": later(50)}
    refused(problems.NotSaid, lambda: operations.send_again(by=packer, words=" ", **again))
    refused(NotFound, lambda: operations.send_again(by=sale.stall.driver, words="再送", **again))
    with transaction.atomic():
        operations.send_again(by=officer, words="再送", **again)
        transaction.set_rollback(True)
    operations.send_again(by=packer, words="先打电话，晚上送", **again)
    refused(problems.ParcelMovedOn, lambda: operations.send_again(by=packer, words="再送", **again))
    assert parcel(sale, found.number).state == CarryingState.ON_THE_WAY
    assert desk.waiting_for(person_id=packer.pk) == ()
    assert "parcel_again" in letters(sale.stall.driver.pk)
    assert "parcel_tried_again" in letters(buyer.pk)
    assert operations.receive_overdue(now=later(DAYS11)) == 1


def test_a_second_failure_asks_anew_and_arriving_ends_it(sale: Sale) -> None:
    packer = make_packer(sale.stall)
    found = hindered(sale)
    operations.send_again(by=packer, order_id=found.order_id, words="再送一次", now=later(30))
    operations.not_delivered(
        by=sale.stall.driver, order_id=found.order_id, why=Hindrance.REFUSED, now=later(40)
    )
    assert len(desk.waiting_for(person_id=packer.pk)) == 1
    operations.deliver(by=sale.stall.driver, order_id=found.order_id, to=To.DOOR, now=later(50))
    assert desk.waiting_for(person_id=packer.pk) == ()
    assert parcel(sale, found.number).state == CarryingState.DELIVERED


def test_a_buyer_who_has_it_ends_it_too(sale: Sale) -> None:
    buyer, packer = make_buyer(sale), make_packer(sale.stall)
    found = hindered(sale, by=buyer)
    operations.receive(by=buyer, order_id=found.order_id, now=later(50))
    assert parcel(sale, found.number).state == CarryingState.DELIVERED
    assert desk.waiting_for(person_id=packer.pk) == ()


def test_what_is_given_back_whole_is_brought_back(sale: Sale) -> None:
    packer, chief, driver = make_packer(sale.stall), sale.stall.chief, sale.stall.driver
    found = hindered(sale)
    give: dict[str, Any] = {"by": chief, "order_id": found.order_id, "reason": "没人收"}
    operations.refund_after_sale(**give, amount_fen=1000, now=later(30))
    assert parcel(sale, found.number).state == CarryingState.UNDELIVERED
    operations.refund_after_sale(**give, amount_fen=2980, now=later(31))
    assert parcel(sale, found.number).state == CarryingState.GOES_BACK
    assert desk.waiting_for(person_id=packer.pk) == ()
    assert "parcel_goes_back" in letters(driver.pk)
    refused(
        problems.ParcelMovedOn,
        lambda: operations.deliver(by=driver, order_id=found.order_id, to=To.DOOR, now=later(32)),
    )
    for _twice in range(2):
        operations.bring_back(by=driver, order_id=found.order_id, now=later(40))
    assert parcel(sale, found.number).state == CarryingState.BROUGHT_BACK
    assert operations.receive_overdue(now=later(DAYS11)) == 1
    assert parcel(sale, found.number).state == CarryingState.BROUGHT_BACK


def test_steps_that_do_not_follow_are_refused(sale: Sale) -> None:
    order, driver = make_order(sale, until="packed"), sale.stall.driver
    step: dict[str, Any] = {"by": driver, "order_id": order.id, "now": later(20)}
    refused(problems.NotFetched, lambda: operations.deliver(**step, to=To.DOOR))
    refused(problems.NotFetched, lambda: operations.not_delivered(**step, why=Hindrance.NOBODY))
    refused(problems.NotFetched, lambda: operations.pass_on(**step))
    refused(problems.ParcelMovedOn, lambda: operations.bring_back(**step))
    operations.fetch(**step)
    for _twice in range(2):
        operations.pass_on(**step, place="县中转站")
    operations.deliver(**step, to=To.POINT)
    refused(problems.ParcelMovedOn, lambda: operations.not_delivered(**step, why=Hindrance.NOBODY))
    refused(problems.ParcelMovedOn, lambda: operations.pass_on(**step, place="县中转站"))
    assert [one.step for one in parcel(sale, order.number).steps] == ["fetched", "passed", "delivered"]


def test_a_cooperative_chooses_among_carriers_that_have_agreed(sale: Sale) -> None:
    order, chief = make_order(sale, until="packed"), sale.stall.chief
    other = make_organisation(county_id=sale.stall.county_id, kind=OrganisationKind.CARRIER, name="山通")
    driver = make_member(organisation=other)
    choose: dict[str, Any] = {"order_id": order.id, "carrier_id": other.id, "now": later(5)}
    refused(problems.CarrierNotAgreed, lambda: operations.choose_carrier(by=chief, **choose))
    agree_with_carrier(sale.stall, other)
    refused(NotFound, lambda: operations.choose_carrier(by=sale.stall.driver, **choose))
    operations.choose_carrier(by=chief, **choose)
    assert [one.step for one in load_parcel(by=driver, code=order.number).steps] == ["chosen"]
    refused(problems.UnknownCode, lambda: parcel(sale, order.number))
    operations.ship(by=chief, order_id=order.id, tracking_number="YT1234567", now=later(6))
    assert queries.order(order_id=order.id).carrier_id == other.id
    refused(problems.WrongState, lambda: operations.choose_carrier(by=chief, **choose))


def test_a_label_is_found_by_whatever_a_scanner_gives_and_nothing_else_is(sale: Sale) -> None:
    order = make_order(sale, until="packed")
    operations.ship(by=sale.stall.chief, order_id=order.id, tracking_number="YT7654321", now=later(6))
    page = f"https://fieldcast.test/carrier/parcels/{order.number}/"
    for typed in (order.number, f" {order.number.lower()} ", page, f"{order.number}\u200b", "yt7654321"):
        assert parcel(sale, typed).order_id == order.id
    for typed in ("", "\x00", "X" * 500, "https://", "{}", "%s", order.number[:-1]):
        refused(problems.UnknownCode, partial(parcel, sale, typed))


def test_an_address_is_whole_on_the_way_alone_and_its_reading_is_kept(sale: Sale) -> None:
    order, driver = make_order(sale, until="packed"), sale.stall.driver
    assert load_parcel_whole(by=driver, code=order.number, now=later(1)).delivery.line == "****"
    assert not PersonalDataRead.objects.exists()
    operations.fetch(by=driver, order_id=order.id, now=later(10))
    found = load_parcel_whole(by=driver, code=order.number, now=later(11))
    assert (found.delivery.phone, found.delivery.recipient) == ("13800138000", "李小满")
    read = PersonalDataRead.objects.get()
    assert (read.reader_id, read.subject) == (driver.pk, f"order {order.number}")
    operations.deliver(by=driver, order_id=order.id, to=To.DOOR, now=later(20))
    assert load_parcel_whole(by=driver, code=order.number, now=later(21)).delivery.line == "****"


def test_lists_are_narrowed_and_cost_the_same_however_long(
    sale: Sale, django_assert_num_queries: Any
) -> None:
    orders = [make_order(sale, until="packed") for _number in range(3)]
    carrier: dict[str, Any] = {"carrier_id": sale.stall.carrier.id, "now": later(100)}

    def listed(**how: Any) -> int:
        return queries.parcels(which=Round.TO_FETCH, **carrier, **how).total

    assert (listed(), listed(search=orders[0].number[-4:]), listed(search="\x00无")) == (3, 1, 0)
    assert listed(seller_id=sale.stall.cooperative.id) == 3
    assert listed(seller_id=0) == 0
    day = later(0) - timedelta(hours=1), later(0) + timedelta(hours=1)
    assert (listed(day=day), listed(day=(day[1], day[1] + timedelta(days=1)))) == (3, 0)
    for per_page in (1, 3):
        with django_assert_num_queries(5):
            listed(per_page=per_page)


def test_places_and_steps_are_guarded_by_the_database(sale: Sale) -> None:
    found = fetched(sale)
    row = Carrying.objects.get(order_id=found.order_id)
    for state in ("to_fetch", "goes_back", "brought_back", "lost"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Carrying.objects.filter(pk=row.pk).update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Carrying.objects.filter(pk=row.pk).update(order_id=found.order_id + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CarryingStep.objects.all().delete()


def test_a_buyer_has_ten_days_from_when_the_house_heard_that_it_was_fetched(sale: Sale) -> None:
    order = make_order(sale, until="packed")
    operations.fetch(by=sale.stall.driver, order_id=order.id, at=later(1), now=later(DAYS11))
    assert operations.receive_overdue(now=later(DAYS11)) == 0
    assert operations.receive_overdue(now=later(2 * DAYS11)) == 1


def test_what_was_given_back_whole_on_its_way_and_not_delivered_is_brought_back(sale: Sale) -> None:
    found = fetched(sale)
    whole = queries.order(order_id=found.order_id).total_fen
    operations.refund_after_sale(
        by=sale.stall.chief, order_id=found.order_id, amount_fen=whole, reason="不要了", now=later(20)
    )
    step: dict[str, Any] = {"by": sale.stall.driver, "order_id": found.order_id}
    operations.not_delivered(why=Hindrance.REFUSED, now=later(30), **step)
    assert parcel(sale, found.number).state == CarryingState.GOES_BACK
    waits = [one.kind for one in desk.waiting_for(person_id=sale.stall.chief.pk)]
    assert told.UNDELIVERED.code not in waits
    operations.bring_back(now=later(40), **step)
    assert parcel(sale, found.number).state == CarryingState.BROUGHT_BACK


def test_an_order_is_found_by_its_label_though_another_parcel_has_that_number(sale: Sale) -> None:
    first, second = (make_order(sale, until="packed") for _one in range(2))
    operations.fetch(by=sale.stall.driver, order_id=first.id, tracking_number=second.number, now=later(10))
    assert parcel(sale, second.number).order_id == second.id


def test_a_step_is_dated_back_a_day_at_most() -> None:
    sale = make_sale()
    order = make_order(sale, until="packed")
    operations.fetch(by=sale.stall.driver, order_id=order.id, at=later(1), now=later(DAYS11))
    shipped = queries.order(order_id=order.id).shipped_at
    assert shipped == later(DAYS11) - timedelta(days=1)
