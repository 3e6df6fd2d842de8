"""Somebody asks to come in: with what is needed, waiting with somebody; answered once, and all of it made at once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts import limits, trails
from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import MembershipChange, Organisation, Person
from fieldcast.accounts.types import OrganisationKind, Role, Standing
from fieldcast.catalog import queries as catalog
from fieldcast.desk import operations as desk_operations
from fieldcast.desk import queries as desk
from fieldcast.files.problems import NotAPicture
from fieldcast.inbox import queries as inbox
from fieldcast.joining import loaders, operations, problems, queries
from fieldcast.joining.checks import wrong_ways_in
from fieldcast.joining.models import JoinRequest, JoinRequestStep
from fieldcast.joining.queries import JoinWhich
from fieldcast.joining.types import BECOMES, JoinKind, JoinRequestView, JoinState
from fieldcast.kit.errors import NotFound, Problem
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.factories.joining import FACTS, NAMES, Place, joining_place, licence, make_join_request

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
LATE = NOW + 9 * A_DAY


@pytest.fixture
def place() -> Place:
    return joining_place()


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    return raised.value


def accept(asked: JoinRequestView, by: Person, **how: Any) -> JoinRequestView:
    return operations.accept_to_join(by=by, request_id=asked.id, **{"now": NOW, **how})


def waits(person: Person) -> list[str]:
    return [one.kind for one in desk.waiting_for(person_id=person.pk) if one.kind.startswith("join_")]


def told(person: Person) -> list[str]:
    return [one.kind for one in inbox.messages(person_id=person.pk).items]


def test_a_farmer_waits_with_the_cooperative_they_name_for_five_working_days(place: Place) -> None:
    asked = make_join_request(place.newcomer, cooperative_id=place.cooperative.id, name=" 梁\u202e金凤家 ")
    assert (asked.state, asked.name, asked.goes_to_id) == (JoinState.ASKED, "梁金凤家", place.cooperative.id)
    assert asked.facts == {"grows": "黄桃和柿子", "area_mu": "3.50"}
    assert (waits(place.chief), waits(place.packer), waits(place.clerk)) == (["join_farmer"], [], [])
    assert told(place.chief) == ["join_wanted"]
    (item,) = desk.waiting_for(person_id=place.chief.pk)
    assert (item.due_at, dict(item.facts)) == (asked.due_at, {"person": "小满"})
    assert asked.due_at is not None
    assert A_DAY * 5 <= asked.due_at - NOW <= A_DAY * 8


@pytest.mark.parametrize("kind", [JoinKind.SELLER, JoinKind.HOST, JoinKind.CARRIER, JoinKind.FARMER])
def test_whoever_names_no_cooperative_waits_with_the_service_centre(place: Place, kind: JoinKind) -> None:
    asked = make_join_request(place.newcomer, kind)
    assert asked.goes_to_id == place.centre.id
    assert waits(place.clerk) == [f"join_{kind.value}"]
    assert len(asked.photos) == (kind == JoinKind.SELLER)


def test_a_host_only_wishes_for_a_cooperative(place: Place) -> None:
    asked = make_join_request(place.newcomer, JoinKind.HOST, cooperative_id=place.cooperative.id)
    assert (asked.goes_to_id, asked.cooperative_id) == (place.centre.id, place.cooperative.id)
    accept(asked, place.clerk)
    assert told(place.chief) == ["join_host_wishes"]


def test_what_is_missing_or_unclear_is_refused_and_nothing_is_kept(place: Place) -> None:
    by = place.newcomer
    wrong: list[tuple[type[Problem], JoinKind, dict[str, Any]]] = [
        (problems.NotSaid, JoinKind.FARMER, {"name": "\u200b"}),
        (problems.NotSaid, JoinKind.FARMER, {"village": ""}),
        (problems.NotSaid, JoinKind.FARMER, {"facts": {"grows": "", "area_mu": "3"}}),
        (problems.AreaUnclear, JoinKind.FARMER, {"facts": {"grows": "桃", "area_mu": "三四亩"}}),
        (problems.AreaUnclear, JoinKind.FARMER, {"facts": {"grows": "桃", "area_mu": "NaN"}}),
        (problems.AreaUnclear, JoinKind.FARMER, {"facts": {"grows": "桃", "area_mu": "0.001"}}),
        (problems.LicenceUnclear, JoinKind.SELLER, {"facts": {"licence": "123", "sells": "土豆"}}),
        (
            problems.LicenceUnclear,
            JoinKind.SELLER,
            {"facts": {"licence": "9333 0824—MA2DK7XX0P", "sells": "土豆"}},
        ),
        (problems.TooLong, JoinKind.HOST, {"facts": {"about": "桃" * 201}}),
        (problems.ConsentMissing, JoinKind.HOST, {"consent": False}),
        (problems.LicencePhotoMissing, JoinKind.SELLER, {"photos": ()}),
        (problems.CooperativeUnknown, JoinKind.FARMER, {"cooperative_id": place.centre.id}),
        (problems.TooManyJoinPhotos, JoinKind.SELLER, {"photos": licence(by) * 4}),
    ]
    for problem, kind, how in wrong:
        refused(problem, partial(make_join_request, by, kind, **how))
    refused(NotAPicture, lambda: licence(by, b"PK\x03\x04 no picture"))
    assert not JoinRequest.objects.exists()
    assert (waits(place.clerk), told(place.clerk)) == ([], [])


def test_one_request_of_a_kind_waits_at_a_time(place: Place) -> None:
    asked = make_join_request(place.newcomer)
    refused(problems.JoinWaits, lambda: make_join_request(place.newcomer))
    make_join_request(place.newcomer, JoinKind.HOST)
    operations.withdraw_request(by=place.newcomer, request_id=asked.id, now=NOW)
    assert (waits(place.clerk), inbox.unread_count(person_id=place.clerk.pk)) == (["join_host"], 1)
    make_join_request(place.newcomer)


def test_in_a_county_where_nobody_answers_nothing_is_taken(place: Place) -> None:
    lonely = make_person(county_id=make_county("荒县"))
    refused(problems.NoCounty, lambda: make_join_request(lonely, JoinKind.HOST))


def test_accepting_a_farmer_makes_household_farm_and_role_at_once(place: Place) -> None:
    asked = make_join_request(place.newcomer, cooperative_id=place.cooperative.id)
    taken = accept(asked, place.chief)
    (mine,) = accounts.memberships_of(person_id=place.newcomer.pk)
    household = mine.organisation
    assert (household.id, household.kind, mine.role) == (
        taken.organisation_id,
        OrganisationKind.HOUSEHOLD,
        Role.OWNER,
    )
    assert (household.code, household.name, household.village) == ("N001", "梁金凤家", "河湾村")
    (plot,) = catalog.plots_of_cooperative(cooperative_id=place.cooperative.id)
    assert (plot.household_id, plot.farm_name, str(plot.area_mu)) == (household.id, "梁金凤家庭农场", "3.50")
    change = MembershipChange.objects.get(person=place.newcomer)
    assert (change.by_id, change.role, trails.broken().details) == (place.chief.pk, "owner", ())
    assert (told(place.newcomer), waits(place.chief)) == (["join_taken"], [])


@pytest.mark.parametrize("kind", [JoinKind.SELLER, JoinKind.HOST, JoinKind.CARRIER])
def test_accepting_the_others_makes_their_organisation(place: Place, kind: JoinKind) -> None:
    accept(make_join_request(place.newcomer, kind), place.clerk)
    (mine,) = accounts.memberships_of(person_id=place.newcomer.pk)
    assert (mine.organisation.kind, mine.organisation.name, mine.role) == (
        BECOMES[kind],
        NAMES[kind],
        Role.OWNER,
    )


def test_name_and_village_are_corrected_before_and_that_is_written_down(place: Place) -> None:
    asked = make_join_request(place.newcomer, village="河弯村")
    refused(problems.VillageUnknown, lambda: accept(asked, place.clerk))
    assert not accounts.memberships_of(person_id=place.newcomer.pk)
    taken = accept(
        asked,
        place.clerk,
        name="梁家",
        village="河湾村",
        cooperative_id=place.cooperative.id,
        words="改了村名",
    )
    assert (taken.last.corrected, taken.last.words) == ("梁家 · 河湾村", "改了村名")
    assert len(catalog.plots_of_cooperative(cooperative_id=place.cooperative.id)) == 1
    other = make_join_request(make_person(county_id=place.county_id), name="新家", village="新村")
    accept(other, place.clerk, new_village=True)
    assert "新村" in accounts.village_ids(county_id=place.county_id)


def test_a_name_that_people_work_under_is_not_given_to_another(place: Place) -> None:
    accept(make_join_request(place.newcomer), place.clerk)
    other = make_join_request(make_person(county_id=place.county_id))
    assert "N001" in str(refused(problems.NameTaken, lambda: accept(other, place.clerk)))
    empty = make_organisation(county_id=place.county_id, kind=OrganisationKind.HOST, name="小满说桃")
    taken = accept(make_join_request(place.newcomer, JoinKind.HOST), place.clerk)
    assert taken.organisation_id == empty.id  # in which nobody worked
    carrier = make_organisation(county_id=place.county_id, kind=OrganisationKind.CARRIER, name="Cold(7) 冷链")
    make_member(organisation=carrier)
    for typed in ("cold(7)冷链", "Ｃold（７） 冷链"):
        asked = make_join_request(make_person(county_id=place.county_id), JoinKind.CARRIER, name=typed)
        assert carrier.code in str(refused(problems.NameTaken, partial(accept, asked, place.clerk)))


def test_whoever_is_that_already_need_not_ask(place: Place) -> None:
    refused(problems.AlreadyThat, lambda: make_join_request(place.chief, JoinKind.SELLER))
    make_join_request(place.packer, JoinKind.SELLER)  # who only packs may found one of their own
    asked = make_join_request(place.newcomer, JoinKind.HOST)
    host = make_organisation(county_id=place.county_id, kind=OrganisationKind.HOST)
    accounts_operations.add_member(
        person_id=place.newcomer.pk, organisation_id=host.id, role=Role.OWNER
    )  # meanwhile
    refused(problems.AlreadyThat, lambda: accept(asked, place.clerk))


def test_a_household_without_a_cooperative_may_ask_one_to_take_it_in(place: Place) -> None:
    accept(make_join_request(place.newcomer), place.clerk)
    assert not catalog.plots_of_cooperative(cooperative_id=place.cooperative.id)
    refused(problems.AlreadyThat, lambda: make_join_request(place.newcomer))
    asked = make_join_request(place.newcomer, cooperative_id=place.cooperative.id)
    accept(asked, place.chief)
    assert len(catalog.plots_of_cooperative(cooperative_id=place.cooperative.id)) == 1
    assert len(accounts.memberships_of(person_id=place.newcomer.pk)) == 1


def test_whoever_comes_second_is_told_who_was_first(place: Place) -> None:
    asked = make_join_request(place.newcomer)
    other = make_member(organisation=place.centre, role=Role.STAFF, name="小李")
    accept(asked, place.clerk)
    problem = refused(problems.JoinAnswered, lambda: accept(asked, other))
    assert "方慧" in str(problem)
    assert Organisation.objects.filter(kind="household").count() == 1
    with pytest.raises(problems.JoinAnswered):
        operations.decline_to_join(by=place.clerk, request_id=asked.id, words="不", now=NOW)


def test_a_person_of_another_county_and_a_suspended_cooperative_are_refused(place: Place) -> None:
    asked = make_join_request(place.newcomer)
    Person.objects.filter(pk=place.newcomer.pk).update(county_id=make_county("远县"))
    refused(problems.OfOtherCounty, lambda: accept(asked, place.clerk))
    farmer = make_join_request(make_person(county_id=place.county_id), cooperative_id=place.cooperative.id)
    accounts_operations.set_standing(
        by=None,
        organisation_id=place.cooperative.id,
        standing=Standing.SUSPENDED,
        reason="不合格",
        now=NOW,
    )
    refused(problems.OrganisationSuspended, lambda: accept(farmer, place.chief))
    assert not Organisation.objects.filter(kind="household").exists()


def test_declining_needs_words_and_they_are_read(place: Place) -> None:
    asked = make_join_request(place.newcomer)
    for words in ("", "\u200b", "长" * 301):
        decline = partial(operations.decline_to_join, by=place.clerk, request_id=asked.id, now=NOW)
        refused(problems.JoinWordsMissing, partial(decline, words=words))
    declined = operations.decline_to_join(by=place.clerk, request_id=asked.id, words="地不在本县", now=NOW)
    assert (declined.state, declined.last.words, told(place.newcomer)) == (
        JoinState.DECLINED,
        "地不在本县",
        ["join_declined"],
    )
    assert waits(place.clerk) == []


def test_more_is_asked_answered_and_it_goes_on(place: Place) -> None:
    by, asked = place.newcomer, make_join_request(place.newcomer)
    refused(
        problems.NothingWanted,
        lambda: operations.tell_more(by=by, request_id=asked.id, words="有证", now=NOW),
    )
    more = operations.ask_for_more(by=place.clerk, request_id=asked.id, words="地在哪", now=NOW)
    assert (more.state, more.due_at, waits(place.clerk), waits(by)) == (
        JoinState.MORE_ASKED,
        None,
        [],
        ["join_more"],
    )
    again = operations.tell_more(
        by=by, request_id=asked.id, words="村口", photos=licence(by), now=NOW + A_DAY
    )
    assert (again.state, len(again.photos), waits(place.clerk), waits(by)) == (
        JoinState.ASKED,
        1,
        ["join_farmer"],
        [],
    )
    assert again.due_at is not None
    assert asked.due_at is not None
    assert again.due_at > asked.due_at
    assert told(place.clerk) == ["join_wanted", "join_wanted"]
    accept(again, place.clerk)
    assert [step.state.value for step in queries.join_request(request_id=asked.id).steps] == [
        "asked",
        "more_asked",
        "asked",
        "accepted",
    ]


def test_only_those_it_goes_to_answer_and_the_county_once_it_is_late(place: Place) -> None:
    asked = make_join_request(place.newcomer, cooperative_id=place.cooperative.id)
    far = make_member(
        organisation=make_organisation(county_id=make_county(), kind=OrganisationKind.AUTHORITY)
    )
    for stranger in (place.packer, place.clerk, place.officer, place.newcomer, far):
        refused(NotFound, partial(accept, asked, stranger))
    desk_operations.escalate_due(now=LATE)
    assert waits(place.officer) == ["join_farmer"]
    assert queries.waiting_for(person_id=place.officer.pk).count == 1
    accept(asked, place.officer, now=LATE)
    (plot,) = catalog.plots_of_cooperative(cooperative_id=place.cooperative.id)
    assert plot.household_id == queries.join_request(request_id=asked.id).organisation_id


def test_nobody_answers_what_they_asked_themselves(place: Place) -> None:
    asked = make_join_request(place.clerk, JoinKind.HOST)
    assert asked.goes_to_id == place.authority.id  # nobody else is at the centre
    other = make_member(organisation=place.centre, role=Role.STAFF, name="小李")
    own = make_join_request(other, JoinKind.HOST)
    assert own.goes_to_id == place.centre.id
    refused(NotFound, lambda: accept(own, other))
    assert queries.requests_to_answer(person_id=other.pk, now=NOW).total == 0


def test_a_photo_is_shown_to_those_who_answer_and_to_whoever_sent_it(place: Place) -> None:
    asked = make_join_request(place.newcomer, JoinKind.SELLER)
    for reader in (place.newcomer, place.clerk, place.officer):
        assert loaders.load_photo(by=reader, file_id=asked.photos[0], thumbnail=True).data
    for stranger in (place.chief, place.packer):
        with pytest.raises(NotFound):
            loaders.load_photo(by=stranger, file_id=asked.photos[0], thumbnail=True)
    with pytest.raises(NotFound):
        loaders.load_own_request(by=place.clerk, request_id=asked.id)


def test_the_list_has_what_waits_first_and_finds_a_whole_name(place: Place) -> None:
    host = make_join_request(place.newcomer, JoinKind.HOST)
    operations.decline_to_join(by=place.clerk, request_id=host.id, words="先看看", now=NOW)
    farmer = make_join_request(place.newcomer)
    carrier = make_join_request(place.packer, JoinKind.CARRIER, now=NOW - 3 * A_DAY)

    def found(**how: Any) -> list[int]:
        return [one.id for one in queries.requests_to_answer(person_id=place.clerk.pk, now=NOW, **how).items]

    assert found() == [carrier.id, farmer.id, host.id]
    assert found(kind=JoinKind.FARMER) == [farmer.id]
    assert found(which=JoinWhich.ENDED) == [host.id]
    assert found(search="小工") == [carrier.id]
    assert found(search="梁金凤家") == [farmer.id]
    assert found(search="梁金") == []
    waiting = queries.waiting_for(person_id=place.clerk.pk, limit=1)
    assert (waiting.count, [one.id for one in waiting.items]) == (2, [carrier.id])
    assert queries.waiting_for(person_id=place.chief.pk).count == 0


def test_many_cost_as_many_statements_as_few(place: Place) -> None:
    def read() -> int:
        before = len(connection.queries_log)
        queries.requests_to_answer(person_id=place.clerk.pk, now=NOW, per_page=50)
        return len(connection.queries_log) - before

    make_join_request(place.newcomer)
    connection.force_debug_cursor = True
    try:
        few = read()
        for number in range(5):
            make_join_request(make_person(county_id=place.county_id, name=f"小{number}"))
        assert read() == few
    finally:
        connection.force_debug_cursor = False


def test_the_database_keeps_what_was_asked_and_each_step(place: Place) -> None:
    asked = make_join_request(place.newcomer)
    row = JoinRequest.objects.filter(id=asked.id)
    for change in (
        lambda: row.update(kind="host"),
        lambda: row.update(state="accepted", due_at=None),
        lambda: JoinRequestStep.objects.filter(request_id=asked.id).update(at=NOW - A_DAY),
        lambda: JoinRequestStep.objects.filter(request_id=asked.id).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, facts, village FROM joining_joinrequest WHERE id = %s", [asked.id])
        stored = " ".join(cursor.fetchone())
    assert not any(word in stored for word in ("梁", "桃", "河湾"))
    assert FACTS[JoinKind.FARMER]["grows"] == queries.join_request(request_id=asked.id).facts["grows"]


def test_what_stands_elsewhere_than_its_steps_say_is_found(place: Place) -> None:
    asked = make_join_request(place.newcomer)
    accept(make_join_request(place.packer, JoinKind.HOST), place.clerk)
    assert wrong_ways_in().figure == 0
    JoinRequest.objects.filter(id=asked.id).update(state="declined", due_at=None)  # and no step says so
    assert wrong_ways_in().details == (f"way in: request {asked.id}",)


def test_whoever_asks_takes_it_back_and_asks_again_does_so_five_times_a_day(place: Place) -> None:
    """Each time somebody reads it and its photos are kept; what is refused for another reason counts for nothing."""
    for _time in range(limits.JOIN_REQUESTS.most):
        one = make_join_request(place.newcomer)
        with pytest.raises(problems.JoinWaits):
            make_join_request(place.newcomer)
        operations.withdraw_request(by=place.newcomer, request_id=one.id, now=NOW)
    with pytest.raises(problems.TooManyJoinRequests) as refused:
        make_join_request(place.newcomer)
    assert refused.value.facts["hours"] == 24
    assert JoinRequest.objects.count() == limits.JOIN_REQUESTS.most
