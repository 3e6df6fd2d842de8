"""An organisation's standing has a history: from what to what, why, by whom, when."""

import pytest
from django.db import IntegrityError, transaction

from fieldcast.accounts.models import Organisation, StandingChange
from fieldcast.accounts.operations import set_standing
from fieldcast.accounts.types import OrganisationKind, Standing
from fieldcast.kit.errors import NotFound
from tests.factories.accounts import NOW, make_county, make_organisation, make_person

pytestmark = pytest.mark.django_db


def test_each_change_is_kept_with_its_reason() -> None:
    county_id = make_county()
    host = make_organisation(county_id=county_id, kind=OrganisationKind.HOST)
    officer = make_person(county_id=county_id)
    set_standing(by=officer, organisation_id=host.id, standing=Standing.SUSPENDED, reason="虚假宣传", now=NOW)
    set_standing(by=None, organisation_id=host.id, standing=Standing.GOOD, reason="期满", now=NOW)
    rows = StandingChange.objects.order_by("id").values_list("before", "after", "reason", "by_id", "at")
    assert list(rows) == [
        ("good", "suspended", "虚假宣传", officer.pk, NOW),
        ("suspended", "good", "期满", None, NOW),
    ]
    assert Organisation.objects.get(id=host.id).standing == Standing.GOOD


def test_a_history_is_not_rewritten() -> None:
    host = make_organisation(county_id=make_county(), kind=OrganisationKind.HOST)
    set_standing(by=None, organisation_id=host.id, standing=Standing.SUSPENDED, reason="", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        StandingChange.objects.update(after="good")


def test_nobody_changes_what_is_not_there() -> None:
    with pytest.raises(NotFound):
        set_standing(by=None, organisation_id=10**9, standing=Standing.GOOD, reason="", now=NOW)
