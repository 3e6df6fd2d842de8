"""What an administrator does is done once, by somebody who may, with a reason that is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts import trails
from fieldcast.accounts.models import OfficeDeed, Person, PersonalDataRead, RightsChange
from fieldcast.accounts.office import operations, problems, queries
from fieldcast.accounts.office.people import BY_NUMBER
from fieldcast.accounts.office.types import Deed
from fieldcast.accounts.operations import BadPhone
from fieldcast.accounts.types import LegalForm, OrganisationKind, Role, Standing
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import SaysNothing
from tests.factories.accounts import (
    NOW,
    make_administrator,
    make_county,
    make_federation,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db
WHY = "身份已核对"


@dataclass(frozen=True)
class Office:
    """A county, who administers it, somebody else there."""

    county_id: int
    boss: Person
    other: Person

    def said(self, **more: Any) -> dict[str, Any]:
        """What every deed is told."""
        return {"by": self.boss, "county_id": self.county_id, "now": NOW, **more}

    def to(self, person: Person, **more: Any) -> dict[str, Any]:
        """What a deed to a person is told."""
        return self.said(person_id=person.pk, reason=WHY, **more)


@pytest.fixture
def office() -> Office:
    county_id = make_county()
    return Office(county_id, make_administrator(county_id=county_id), make_person(county_id=county_id))


def by_hand(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def kinds() -> list[str]:
    return list(OfficeDeed.objects.order_by("id").values_list("kind", flat=True))


def test_a_role_is_given_and_ended_with_its_reason(office: Office) -> None:
    shop = make_organisation(county_id=office.county_id, kind=OrganisationKind.COOPERATIVE)
    told = office.to(office.other, organisation_id=shop.id)
    operations.give_role(role=Role.STAFF, **told)
    operations.give_role(role=Role.STAFF, **told)
    operations.give_role(role=Role.OWNER, **told)
    (held,) = accounts.memberships_of(person_id=office.other.pk)
    assert (held.organisation.id, held.role) == (shop.id, Role.OWNER)
    operations.end_role(**told)
    page = queries.deeds(county_id=office.county_id, person_id=office.other.pk, page=1, per_page=9)
    assert [(one.kind, one.before, one.after, one.reason, one.by) for one in page.items] == [
        (Deed.ROLE_ENDED, "owner", "", WHY, "管理员"),
        (Deed.ROLE_GIVEN, "staff", "owner", WHY, "管理员"),
        (Deed.ROLE_GIVEN, "", "staff", WHY, "管理员"),
    ]
    assert trails.broken().figure == 0


def test_whoever_is_blocked_is_out_at_once_and_comes_back_with_their_roles(office: Office) -> None:
    operations.block(**office.to(office.other))
    operations.block(**office.to(office.other))
    with pytest.raises(NotFound):
        accounts.person(person_id=office.other.pk)
    operations.unblock(**office.to(office.other))
    assert accounts.person(person_id=office.other.pk) == office.other
    assert kinds() == ["blocked", "unblocked"]
    assert trails.broken().figure == 0


def test_an_administrator_is_made_and_ended_but_nobody_ends_oneself(office: Office) -> None:
    operations.make_staff(**office.to(office.other))
    assert Person.objects.get(pk=office.other.pk).is_staff
    with pytest.raises(problems.NotOneself):
        operations.end_staff(**office.to(office.boss))
    with pytest.raises(problems.NotOneself):
        operations.block(**office.to(office.boss))
    operations.end_staff(**office.to(office.other))
    assert queries.figures(county_id=office.county_id).administrators == 1
    assert kinds() == ["staff_made", "staff_ended"]
    assert list(RightsChange.objects.filter(person=office.other).values_list("number", "is_staff")) == [
        (1, True),
        (2, False),
    ]
    assert trails.broken().figure == 0


def test_whoever_is_blocked_cannot_be_made_an_administrator(office: Office) -> None:
    operations.block(**office.to(office.other))
    with pytest.raises(problems.IsBlocked):
        operations.make_staff(**office.to(office.other))


def test_every_right_is_taken_only_by_somebody_who_has_every_right(office: Office) -> None:
    makers = [
        Person.objects.create_user(
            phone=f"1370000000{n}",
            display_name="站长",
            county_id=office.county_id,
            is_staff=True,
            is_superuser=True,
        )
        for n in range(2)
    ]
    for deed in (operations.block, operations.end_staff, operations.sign_out_everywhere):
        with pytest.raises(problems.MoreRights):
            deed(**office.to(makers[0]))
    operations.end_staff(**{**office.to(makers[0]), "by": makers[1]})
    after = Person.objects.get(pk=makers[0].pk)
    assert (after.is_staff, after.is_superuser) == (False, False)
    assert trails.broken().figure == 0


def test_all_devices_are_signed_out_and_keys_end(office: Office) -> None:
    before = office.other.get_session_auth_hash()
    accounts_operations.issue_token(by=office.other, name="打印", now=NOW)
    operations.sign_out_everywhere(**office.to(office.other))
    after = Person.objects.get(pk=office.other.pk)
    assert after.get_session_auth_hash() != before
    assert accounts.tokens_of(person_id=after.pk) == ()
    again = after.get_session_auth_hash()
    operations.sign_out_everywhere(**office.to(office.other))
    assert Person.objects.get(pk=after.pk).get_session_auth_hash() not in (before, again)


EVERYTHING: tuple[Callable[[Office], Any], ...] = (
    lambda o: operations.rename_county(**o.said(name="新县", name_en="")),
    lambda o: operations.add_village(**o.said(name="新村", name_en="")),
    lambda o: operations.block(**o.to(o.other)),
    lambda o: operations.make_staff(**o.to(o.other)),
    lambda o: operations.sign_out_everywhere(**o.to(o.other)),
    lambda o: operations.make_organisation(
        **o.said(kind=OrganisationKind.HOST, code="", name="新主播", name_en="", village_id=None)
    ),
)


@pytest.mark.parametrize("deed", EVERYTHING)
def test_nobody_does_anything_who_does_not_administer_that_county(
    office: Office, deed: Callable[[Office], Any]
) -> None:
    strangers = (office.other, make_administrator(county_id=make_county("别县")))
    for stranger in strangers:
        with pytest.raises(problems.AdministratesNoMore):
            deed(Office(office.county_id, stranger, make_person(county_id=office.county_id)))
    assert kinds() == []


def test_people_and_organisations_of_another_county_are_not_there(office: Office) -> None:
    far = make_county("别县")
    stranger = make_person(county_id=far)
    theirs = make_organisation(county_id=far, kind=OrganisationKind.HOST)
    with pytest.raises(NotFound):
        operations.block(**office.to(stranger))
    with pytest.raises(NotFound):
        operations.give_role(**office.to(office.other, organisation_id=theirs.id, role=Role.OWNER))
    with pytest.raises(NotFound):
        operations.rename_organisation(**office.said(organisation_id=theirs.id, name="我的", name_en=""))
    with pytest.raises(NotFound):
        queries.person(county_id=office.county_id, person_id=stranger.pk)
    assert kinds() == []


@pytest.mark.parametrize("words", ["", "  ", "\u200b\u3164"])
def test_without_a_reason_nothing_is_done(office: Office, words: str) -> None:
    for deed in (operations.block, operations.make_staff, operations.sign_out_everywhere):
        with pytest.raises(SaysNothing):
            deed(**{**office.to(office.other), "reason": words})
    assert kinds() == []


def test_villages_are_added_renamed_and_removed_while_nothing_is_in_them(office: Office) -> None:
    village_id = operations.add_village(**office.said(name="河湾村", name_en="Hewan"))
    with pytest.raises(problems.NameTaken):
        operations.add_village(**office.said(name="河湾村", name_en=""))
    operations.rename_village(**office.said(village_id=village_id, name="河湾新村", name_en="New Hewan"))
    accounts_operations.register_organisation(
        county_id=office.county_id,
        kind=OrganisationKind.HOST,
        code="H1",
        name="主播",
        now=NOW,
        village_id=village_id,
    )
    with pytest.raises(problems.VillageInUse):
        operations.remove_village(**office.said(village_id=village_id))
    empty = operations.add_village(**office.said(name="空村", name_en=""))
    operations.remove_village(**office.said(village_id=empty))
    assert [one.name for one in queries.villages(county_id=office.county_id)] == ["河湾新村"]
    assert kinds() == ["village_added", "village_renamed", "village_added", "village_removed"]


def test_an_organisation_is_made_with_the_next_code_renamed_and_suspended(office: Office) -> None:
    told = {"kind": OrganisationKind.HOST, "name_en": "", "village_id": None}
    first = operations.make_organisation(**office.said(name="秀兰", code="h07", **told))
    second = operations.make_organisation(**office.said(name="大川", code="", **told))
    assert (first.code, second.code) == ("H07", "H08")
    with pytest.raises(problems.CodeTaken):
        operations.make_organisation(**office.said(name="别人", code="H07", **told))
    with pytest.raises(problems.BadCode):
        operations.make_organisation(**office.said(name="别人", code="H 07/", **told))
    operations.rename_organisation(**office.said(organisation_id=first.id, name="果农秀兰", name_en="Xiulan"))
    for _time in range(2):
        operations.set_standing(
            **office.said(organisation_id=first.id, standing=Standing.SUSPENDED, reason="虚假宣传")
        )
    now = accounts.organisation(organisation_id=first.id)
    assert (now.name, now.standing) == ("果农秀兰", Standing.SUSPENDED)
    assert kinds() == ["organisation_made", "organisation_made", "organisation_renamed", "standing_set"]


def test_somebody_is_found_by_number_and_that_is_written_down(office: Office) -> None:
    asked = office.said(reason="来电求助")
    assert operations.find_by_number(phone=f"+86 {office.other.phone}", **asked) == office.other.pk
    assert operations.find_by_number(phone="13700001234", **asked) is None
    with pytest.raises(BadPhone):
        operations.find_by_number(phone="123", **asked)
    rows = PersonalDataRead.objects.order_by("id").values_list("reader_id", "subject", "reason")
    assert list(rows) == [
        (office.boss.pk, f"person {office.other.pk}", "来电求助"),
        (office.boss.pk, "number 137****1234", "来电求助"),
    ]


def test_people_are_not_found_by_number_without_end(office: Office) -> None:
    for _time in range(BY_NUMBER.most):
        operations.find_by_number(phone="13700001234", **office.said(reason=WHY))
    with pytest.raises(problems.TooManySearches):
        operations.find_by_number(phone="13700001234", **office.said(reason=WHY))
    later = {**office.said(reason=WHY), "now": NOW + timedelta(hours=2)}
    assert operations.find_by_number(phone="13700001234", **later) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_person SET is_staff = true WHERE NOT is_staff",
        "UPDATE accounts_person SET is_active = false WHERE is_staff",
        "INSERT INTO accounts_rightschange (person_id, number, is_active, is_staff, is_superuser, at, seal)"
        " SELECT person_id, 2, true, true, false, at, seal FROM accounts_rightschange",
    ],
)
def test_rights_changed_by_hand_are_found(office: Office, statement: str) -> None:
    assert trails.broken().figure == 0
    by_hand(statement)
    assert trails.broken().figure == 1


def test_what_was_done_is_not_rewritten(office: Office) -> None:
    operations.make_staff(**office.to(office.other))
    for table in ("accounts_officedeed", "accounts_rightschange"):
        for statement in (f"UPDATE {table} SET at = now()", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                by_hand(statement)


def test_people_are_listed_with_where_they_work_in_as_many_statements_however_many(
    office: Office, django_assert_num_queries: Any
) -> None:
    shop = make_organisation(county_id=office.county_id, kind=OrganisationKind.COOPERATIVE)
    for number in range(6):
        person = make_person(county_id=office.county_id, name=f"社员{number}")
        accounts_operations.add_member(person_id=person.pk, organisation_id=shop.id, role=Role.STAFF)
    asked: dict[str, Any] = {
        "county_id": office.county_id,
        "staff_only": False,
        "blocked_only": False,
        "page": 1,
    }
    for per_page in (2, 30):
        with django_assert_num_queries(3):
            page = queries.people(search="社员", per_page=per_page, **asked)
        assert all(one.workplaces[0].organisation.id == shop.id for one in page.items)
    assert page.total == 6


def test_a_household_becomes_a_family_farm_and_a_federation_keeps_its_members() -> None:
    county_id = make_county()
    by = make_administrator(county_id=county_id)
    usual: dict[str, Any] = {"by": by, "county_id": county_id, "reason": WHY, "now": NOW}
    household = make_organisation(county_id=county_id, kind=OrganisationKind.HOUSEHOLD)
    operations.set_form(organisation_id=household.id, form=LegalForm.FAMILY_FARM, **usual)
    assert accounts.organisation(organisation_id=household.id).form is LegalForm.FAMILY_FARM
    with pytest.raises(problems.FormOfAnotherKind):
        operations.set_form(organisation_id=household.id, form=LegalForm.FEDERATION, **usual)
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    federation, _chief = make_federation(county_id, of=[cooperative])
    with pytest.raises(problems.HasMembers):
        operations.set_form(organisation_id=federation.id, form=LegalForm.ORDINARY, **usual)
    joins = {"federation_id": federation.id, "member": True, **usual}
    for wrong in (household.id, federation.id):  # neither a household nor a federation joins one
        with pytest.raises(problems.NoFederation):
            operations.set_federation(cooperative_id=wrong, **joins)
    assert accounts.federations_of(cooperative_id=cooperative.id) == {federation.id}
    with pytest.raises(problems.NoFederation):  # nor does a member become one
        operations.set_form(organisation_id=cooperative.id, form=LegalForm.FEDERATION, **usual)
    for _twice in range(2):
        operations.set_federation(cooperative_id=cooperative.id, **{**joins, "member": False})
    assert accounts.federation_members(federation_id=federation.id) == frozenset()
    told = [
        deed.kind
        for deed in queries.deeds(
            county_id=county_id, organisation_id=cooperative.id, page=1, per_page=9
        ).items
    ]
    assert told == [Deed.FEDERATION_LEFT, Deed.FEDERATION_JOINED]
