"""Writes of the office about how organisations are constituted: family farms, federations and who is in them."""

from datetime import datetime

from django.db import transaction

from fieldcast.accounts import queries
from fieldcast.accounts.models import FederationMember, Organisation
from fieldcast.accounts.office.entering import enter
from fieldcast.accounts.office.log import note
from fieldcast.accounts.office.problems import FormOfAnotherKind, HasMembers, NoFederation
from fieldcast.accounts.office.types import Deed
from fieldcast.accounts.types import FORMS_OF, LegalForm, OrganisationKind, SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import must_say


def set_form(
    *, by: SignedIn, county_id: int, organisation_id: int, form: LegalForm, reason: str, now: datetime
) -> None:
    """How an organisation is constituted; as it was already, nothing happens.

    Raises `SaysNothing`, `NotFound`, `FormOfAnotherKind`, `HasMembers` for a federation with members, and for a member
    of one `NoFederation`.
    """
    why = must_say(reason, field="reason")
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        row = _locked(county_id, organisation_id)
        if form not in FORMS_OF.get(OrganisationKind(row.kind), ()):
            raise FormOfAnotherKind
        if row.form == form.value:
            return
        if row.form == LegalForm.FEDERATION and queries.federation_members(federation_id=row.pk):
            raise HasMembers
        if form == LegalForm.FEDERATION and queries.federations_of(cooperative_id=row.pk):
            raise NoFederation  # a member of one joins none as another
        before, row.form = row.form, form.value
        row.save(update_fields=["form"])
        note(
            Deed.FORM_SET,
            county_id=county_id,
            by=by,
            now=now,
            organisation_id=row.pk,
            before=before,
            after=form.value,
            reason=why,
        )


def set_federation(
    *,
    by: SignedIn,
    county_id: int,
    cooperative_id: int,
    federation_id: int,
    member: bool,
    reason: str,
    now: datetime,
) -> None:
    """A cooperative joins a federation, or leaves it; as it was already, nothing happens.

    Raises `SaysNothing`, `NotFound`, `NoFederation`.
    """
    why = must_say(reason, field="reason")
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        both = {one: _locked(county_id, one) for one in sorted({federation_id, cooperative_id})}
        federation, joins = both[federation_id], both[cooperative_id]
        ordinary = (joins.kind, joins.form) == (OrganisationKind.COOPERATIVE.value, LegalForm.ORDINARY.value)
        if federation.form != LegalForm.FEDERATION or (member and not ordinary):
            raise NoFederation
        if (cooperative_id in queries.federation_members(federation_id=federation_id)) == member:
            return
        FederationMember.objects.create(
            federation=federation, cooperative=joins, member=member, by_id=by.pk, at=now
        )
        note(
            Deed.FEDERATION_JOINED if member else Deed.FEDERATION_LEFT,
            county_id=county_id,
            by=by,
            now=now,
            organisation_id=cooperative_id,
            after=federation.name,
            reason=why,
        )


def _locked(county_id: int, organisation_id: int) -> Organisation:
    """The row, so that a form and its members do not change at once; of several, in the order of their ids."""
    rows = Organisation.objects.select_for_update(no_key=True)
    found = rows.filter(id=organisation_id, county_id=county_id).first()
    if found is None:
        raise NotFound("organisation")
    return found
