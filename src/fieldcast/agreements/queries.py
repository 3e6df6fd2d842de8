"""Reads of agreements."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from fieldcast.agreements.models import AgreementParty, AgreementVersion, Consent
from fieldcast.agreements.roles import CARRIER, COOPERATIVE
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.types import ConsentView, VersionView
from fieldcast.kit.errors import NotFound


def version(*, version_id: int) -> VersionView:
    """One version. Raises `NotFound`."""
    found = versions(ids={version_id})
    if not found:
        raise NotFound("agreement")
    return found[version_id]


def versions(*, ids: Iterable[int]) -> dict[int, VersionView]:
    """Versions by id, whether or not a later one stands."""
    return {view.id: view for view in _views(AgreementVersion.objects.filter(id__in=set(ids)))}


def versions_of(*, agreement_id: int) -> tuple[VersionView, ...]:
    """Every version of an agreement, newest first."""
    return _views(AgreementVersion.objects.filter(agreement_id=agreement_id).order_by("-number"))


def current_of(*, organisation_id: int) -> tuple[VersionView, ...]:
    """The latest version of each agreement still in force that the organisation is a party to."""
    named = AgreementParty.objects.filter(organisation_id=organisation_id).values("agreement_id")
    rows = AgreementVersion.objects.filter(agreement__ended_at__isnull=True, agreement_id__in=named)
    return tuple(view for view in _views(rows.order_by("agreement_id", "number")) if view.latest)


def waiting_for(*, organisation_id: int) -> tuple[VersionView, ...]:
    """The latest versions in force that the organisation is named in and has not agreed to."""
    agreed = set(Consent.objects.filter(organisation_id=organisation_id).values_list("version_id", flat=True))
    return tuple(one for one in current_of(organisation_id=organisation_id) if one.id not in agreed)


def has_agreed_to_carry(*, carrier_id: int, cooperative_id: int) -> bool:
    """Whether a carrier has agreed to any terms of the cooperative that name it, in force or not."""
    agreed = Consent.objects.filter(organisation_id=carrier_id)
    for role, party in ((CARRIER.name, carrier_id), (COOPERATIVE.name, cooperative_id)):
        named = AgreementParty.objects.filter(role=role, organisation_id=party).values("agreement_id")
        agreed = agreed.filter(version__agreement_id__in=named)
    return agreed.exists()


def consents_of(*, version_id: int) -> tuple[ConsentView, ...]:
    """Who agreed to a version, in order."""
    rows = (
        Consent.objects.select_related("organisation", "person")
        .filter(version_id=version_id)
        .order_by("at", "id")
    )
    return tuple(
        ConsentView(
            organisation_id=row.organisation_id,
            organisation=row.organisation.name,
            organisation_en=row.organisation.name_en,
            person=row.person.display_name,
            at=row.at,
        )
        for row in rows
    )


def _views(rows: "QuerySet[AgreementVersion]") -> tuple[VersionView, ...]:
    found = rows.select_related("agreement").prefetch_related("agreement__parties")
    found = found.annotate(newest=Max("agreement__versions__number"))
    return tuple(
        VersionView(
            id=row.pk,
            agreement_id=row.agreement_id,
            county_id=row.agreement.county_id,
            name=row.agreement.name,
            number=row.number,
            terms=Terms.from_json(row.terms),
            parties={one.role: one.organisation_id for one in row.agreement.parties.all()},
            created_at=row.created_at,
            note=row.note,
            latest=row.number == row.newest,
        )
        for row in found
    )
