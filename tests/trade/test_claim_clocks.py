"""Clocks and limits of requests for money back: silence grants, what is late or unusual waits for a person, who decides
within a week and is appealed against once; each county sets its own, and sees how soon its sellers answer.
"""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.desk import operations as desk_operations
from fieldcast.desk import queries as desk
from fieldcast.files.problems import PictureTooHeavy
from fieldcast.files.sent import Photo
from fieldcast.kit.errors import NotFound
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.types import (
    AfterSales,
    BorneBy,
    HeldFor,
    OrderState,
    Remedy,
    RequestState,
    RequestView,
    Which,
    Wrong,
)
from tests.factories.accounts import make_member, make_organisation
from tests.factories.trade import (
    PRICE_FEN,
    Sale,
    assert_balanced,
    later,
    make_buyer,
    make_order,
    make_sale,
)
from tests.files.pictures import orchard, saved
from tests.trade.asking_back import DAYS2, answer, ask, photo, refused, told, waits

pytestmark = pytest.mark.django_db
HOUR, DAY = 3600, 24 * 3600
USUAL: dict[str, Any] = {
    "phone": "0797-1234567", "words": "工作日 9 点到 17 点", "words_en": "Weekdays 9 to 17",
    "damage_hours": 48, "answer_hours": 48, "decide_days": 7, "most_requests": 5,
}  # fmt: skip


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def buyer(sale: Sale) -> Person:
    return make_buyer(sale)


def colleague(sale: Sale, role: Role = Role.STAFF) -> Person:
    """Somebody of the county's authority, which somebody else may have made."""
    found = accounts.authority(county_id=sale.stall.county_id) or make_organisation(
        county_id=sale.stall.county_id, kind=OrganisationKind.AUTHORITY, name="市场监管局"
    )
    return make_member(organisation=found, role=role, name="科长")


def set_up(sale: Sale, **changed: Any) -> Person:
    head = colleague(sale, Role.OWNER)
    operations.set_after_sales(by=head, county_id=sale.stall.county_id, **{**USUAL, **changed}, now=later(0))
    return head


def again(one: RequestView) -> RequestView:
    return queries.request_view(request_id=one.id)


@pytest.mark.parametrize("until", ["paid", "received"])
def test_what_nobody_answers_in_time_is_granted_by_nobody(sale: Sale, buyer: Person, until: str) -> None:
    officer = colleague(sale)
    order = make_order(sale, until=until, by=buyer, packs=2)
    asked = ask(order, buyer, wrong=Wrong.OTHER, packs=2 if until == "paid" else 1)
    assert operations.grant_due(now=later(9 + DAYS2 - 1)) == 0
    refused(problems.RequestAnswered, lambda: answer(asked, officer, PRICE_FEN, "退", seconds=9 + DAYS2))
    assert operations.grant_due(now=later(9 + DAYS2)) == 1
    assert operations.grant_due(now=later(9 + DAYS2)) == 0
    done = again(asked)
    assert (done.state, done.last.by_id, done.given_fen) == (RequestState.GRANTED, None, asked.asked_fen)
    assert (waits(sale.stall.chief), waits(officer)) == ([], [])
    assert told(buyer) == ["refund_granted"]
    assert "refund_granted" in told(sale.stall.chief)
    if until == "paid":
        assert queries.order(order_id=order.id).state == OrderState.REFUNDED
    assert queries.wrong_requests().figure == queries.wrong_refunds().figure == 0
    assert_balanced()


def test_damage_reported_too_late_says_so_waits_for_a_person_and_may_be_brought_before_the_county(
    sale: Sale, buyer: Person
) -> None:
    officer = colleague(sale)
    order = make_order(sale, until="shipped", by=buyer)
    operations.receive_overdue(now=later(11 * DAY))
    late = 11 * DAY + HOUR + 1
    on_time = ask(order, buyer, seconds=11 * DAY + 5)
    assert on_time.held_for == HeldFor.NOTHING
    operations.withdraw_refund(by=buyer, request_id=on_time.id, now=later(11 * DAY + 6))
    set_up(sale, damage_hours=1)
    # the after-sale time of this sale is a minute; here it is the county's clock that is asked about
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trade_order SET after_sale_until = after_sale_until + interval '9 days' WHERE id = %s",
            [order.id],
        )
    asked = ask(order, buyer, seconds=late)
    assert (asked.held_for, asked.objectable(later(late))) == (HeldFor.LATE, True)
    assert operations.grant_due(now=later(late + DAYS2)) == 0, "a person looks at it"
    desk_operations.escalate_due(now=later(late + DAYS2))
    assert waits(officer) == ["refund_asked"]
    late_ones = queries.refund_requests(
        county_id=sale.stall.county_id, which=Which.LATE, now=later(late + DAYS2)
    )
    assert [one.id for one in late_ones.items] == [asked.id]
    operations.object_to_answer(
        by=buyer, request_id=asked.id, words="出差回来才拆", now=later(late + DAYS2 + 1)
    )
    assert (waits(officer), waits(sale.stall.chief)) == (["refund_objected"], [])
    assert answer(asked, officer, 0, "隔了两天", seconds=late + DAYS2 + 2).state == RequestState.DISMISSED


def ask_again_is_not_held(sale: Sale) -> bool:
    """Somebody else's, in time and for the first time, is not."""
    someone = make_buyer(sale)
    return ask(make_order(sale, until="received", by=someone), someone).held_for == HeldFor.NOTHING


def test_unusually_many_requests_wait_for_a_person_and_are_never_refused_for_it(
    sale: Sale, buyer: Person
) -> None:
    set_up(sale, most_requests=2)
    made = [ask(make_order(sale, until="received", by=buyer), buyer) for _ in range(3)]
    assert [one.held_for for one in made] == [HeldFor.NOTHING, HeldFor.NOTHING, HeldFor.MANY]
    record = queries.claims_of_buyer(buyer_id=buyer.pk, county_id=sale.stall.county_id, now=later(20))
    assert (record.requests, record.orders, record.given) == (3, 3, 0)
    assert answer(made[2], sale.stall.chief, PRICE_FEN).state == RequestState.GIVEN, "the seller may give"
    assert operations.grant_due(now=later(9 + DAYS2)) == 2
    against = queries.claims_against(seller_id=sale.stall.cooperative.id, now=later(10 + DAYS2))
    assert (against.requests, against.given, against.given_fen) == (3, 3, 3 * PRICE_FEN)
    assert ask_again_is_not_held(sale)


def test_the_county_decides_within_a_week_says_who_bears_it_and_somebody_else_hears_the_appeal(
    sale: Sale, buyer: Person
) -> None:
    officer, other = colleague(sale), colleague(sale)
    order = make_order(sale, until="received", by=buyer)
    asked = ask(order, buyer)
    answer(asked, sale.stall.chief, 0, "照片里是好的")
    operations.object_to_answer(by=buyer, request_id=asked.id, words="看第二张", now=later(30))
    (item,) = (one for one in desk.waiting_for(person_id=officer.pk) if one.kind == "refund_objected")
    assert item.due_at == later(30 + 7 * DAY)
    decide: dict[str, Any] = {"by": officer, "request_id": asked.id, "amount_fen": 1000, "now": later(40)}
    refused(problems.NothingSaid, lambda: operations.answer_refund(**decide, words=""))
    refused(problems.WhoBearsMissing, lambda: operations.answer_refund(**decide, words="一部分坏了"))
    done = operations.answer_refund(**decide, words="路上压坏的", borne_by=BorneBy.CARRIER)
    assert (done.last.borne_by, done.last.amount_fen) == (BorneBy.CARRIER, 1000)
    appeal: dict[str, Any] = {"request_id": asked.id, "words": "全坏了"}
    refused(NotFound, lambda: operations.appeal_decision(by=make_buyer(sale), **appeal, now=later(50)))
    refused(problems.NotObjectable, lambda: operations.appeal_decision(
        by=buyer, **appeal, now=later(40 + DAYS2)))  # fmt: skip
    assert operations.close_due(now=later(40 + DAYS2 - 1)) == 0, "there is time to appeal"
    operations.appeal_decision(by=buyer, **appeal, now=later(50))
    assert waits(other) == ["refund_appealed"]
    assert "refund_appealed" in told(sale.stall.chief)
    refused(problems.DecidedBefore, lambda: answer(asked, officer, 100, "再补", seconds=60))
    refused(problems.AmountTooLarge, lambda: answer(asked, other, PRICE_FEN, "全退", seconds=60))
    last = answer(asked, other, PRICE_FEN - 1000, "整袋都坏了", seconds=60)
    assert (last.state, last.given_fen, last.open_until) == (RequestState.FINAL, PRICE_FEN, None)
    refused(problems.NotObjectable, lambda: operations.appeal_decision(by=buyer, **appeal, now=later(61)))
    refused(problems.AlreadyAsked, lambda: ask(order, buyer, seconds=59))
    assert queries.wrong_requests().figure == 0
    assert_balanced()


def test_the_seller_may_appeal_too_and_who_decided_alone_decides_again(sale: Sale, buyer: Person) -> None:
    officer = colleague(sale)
    asked = ask(make_order(sale, until="received", by=buyer), buyer)
    answer(asked, sale.stall.chief, 0, "照片里是好的")
    operations.object_to_answer(by=buyer, request_id=asked.id, words="看第二张", now=later(30))
    answer(asked, officer, PRICE_FEN, "坏了", seconds=40)
    operations.appeal_decision(by=sale.stall.chief, request_id=asked.id, words="不是我们", now=later(50))
    assert told(buyer)[0] == "refund_appealed"
    kept = answer(asked, officer, 0, "维持", seconds=60)
    assert (kept.state, kept.given_fen) == (RequestState.FINAL, PRICE_FEN), "what went back stays"
    assert queries.wrong_requests().figure == 0


def test_a_county_sets_its_line_and_clocks_and_every_change_stays(sale: Sale, buyer: Person) -> None:
    county = sale.stall.county_id
    assert queries.after_sales_of(county_id=county) == AfterSales(county_id=county)
    head = set_up(sale, answer_hours=24)
    assert queries.after_sales_of(county_id=county).phone == "0797-1234567"
    asked = ask(make_order(sale, until="received", by=buyer), buyer)
    assert asked.answer_until == later(9) + timedelta(hours=24)
    change: dict[str, Any] = {"county_id": county, "now": later(1)}
    for stranger in (colleague(sale), sale.stall.chief):
        refused(NotFound, lambda who=stranger: operations.set_after_sales(by=who, **change, **USUAL))  # type: ignore[misc]
    for name, value in (("answer_hours", 0), ("decide_days", 61)):
        refused(problems.SettingOutOfBounds, lambda n=name, v=value: operations.set_after_sales(  # type: ignore[misc]
            by=head, **change, **{**USUAL, n: v}))  # fmt: skip
    for statement in ("UPDATE trade_aftersalesetting SET phone = ''", "DELETE FROM trade_aftersalesetting"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_how_soon_sellers_answer_counts_silence_as_late(sale: Sale) -> None:
    nothing = queries.answer_times(county_id=sale.stall.county_id, now=later(9))
    assert (nothing.asked, nothing.median, nothing.share) == (0, None, 0)
    buyers = [make_buyer(sale) for _ in range(4)]
    asked = [ask(make_order(sale, until="received", by=one), one) for one in buyers]
    answer(asked[0], sale.stall.chief, PRICE_FEN, seconds=9 + 2 * HOUR)
    answer(asked[1], sale.stall.chief, 0, "是好的", seconds=9 + 4 * HOUR)
    operations.withdraw_refund(by=buyers[2], request_id=asked[2].id, now=later(10))
    operations.grant_due(now=later(9 + DAYS2))
    times = queries.answer_times(county_id=sale.stall.county_id, now=later(9 + DAYS2))
    assert (times.asked, times.in_time, times.share) == (3, 2, 67)
    assert times.median == timedelta(hours=3)


def test_a_photo_of_another_request_is_shown_with_its_number_and_not_refused(
    sale: Sale, buyer: Person
) -> None:
    picture = saved(orchard((96, 64)))
    first = ask(make_order(sale, until="received", by=buyer), buyer, photos=[photo(picture)])
    someone = make_buyer(sale)
    other = ask(
        make_order(sale, until="received", by=someone),
        someone,
        photos=[photo(saved(orchard((96, 64), shift=40))), photo(picture)],
    )
    (found,) = queries.reused_photos(other)
    assert (found.file_id, found.request_id) == (other.photos[1], first.id)
    assert [one.request_id for one in queries.reused_photos(first)] == [other.id]


def test_a_photo_of_eighty_megabytes_is_refused_before_it_is_read(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer)
    heavy = Photo(name="坏果.jpg", size=80 * 2**20, stream=io.BytesIO(b""))
    refused(PictureTooHeavy, lambda: ask(order, buyer, photos=[heavy]))
    assert not queries.refund_requests_of(order_id=order.id)
    assert ask(order, buyer, remedy=Remedy.REFUND_ONLY).state == RequestState.ASKED
