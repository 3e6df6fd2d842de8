"""Reads of accounts."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Q

from fieldcast.accounts import kept
from fieldcast.accounts.models import (
    Address,
    ApiToken,
    County,
    FederationMember,
    Membership,
    Organisation,
    Person,
    PersonalDataRead,
    TermsConsent,
    Village,
)
from fieldcast.accounts.types import (
    TERMS,
    Account,
    AddressBook,
    CountyRef,
    LegalForm,
    MembershipRef,
    OrganisationKind,
    OrganisationRef,
    PersonRef,
    Role,
    Standing,
    TokenRef,
)
from fieldcast.kit.errors import NotFound
from fieldcast.kit.fields import blind_index
from fieldcast.kit.masks import masked_phone
from fieldcast.kit.said import alike

# The codes that organisations get by number: letters, and how many digits there are at least.
CODES: Final[Mapping[OrganisationKind, tuple[str, int]]] = {
    OrganisationKind.HOUSEHOLD: ("N", 3),
    OrganisationKind.COOPERATIVE: ("COOP", 2),
    OrganisationKind.HOST: ("H", 2),
    OrganisationKind.CARRIER: ("C", 1),
    OrganisationKind.SERVICE_CENTRE: ("SC", 1),
    OrganisationKind.TESTING_STATION: ("LAB", 1),
    OrganisationKind.AUTHORITY: ("GOV", 1),
    OrganisationKind.COMPANY: ("CO", 2),
}


def county(*, county_id: int) -> CountyRef:
    """One county. Raises `NotFound`."""
    row = County.objects.filter(id=county_id).first()
    if row is None:
        raise NotFound("county")
    return _county(row)


def default_county() -> CountyRef | None:
    """The county of this installation: the first one made, or None on an empty database."""
    row = County.objects.order_by("id").first()
    return _county(row) if row else None


def village_ids(*, county_id: int) -> dict[str, int]:
    """Village ids by name."""
    return dict(Village.objects.filter(county_id=county_id).order_by("id").values_list("name", "id"))


def person(*, person_id: int) -> Person:
    """The signed-in kind of person. Raises `NotFound`."""
    row = Person.objects.filter(id=person_id, is_active=True).first()
    if row is None:
        raise NotFound("person")
    return row


def is_active(*, person_id: int) -> bool:
    """May this person do anything here? Read anew: an account may have ended since they signed in."""
    return Person.objects.filter(id=person_id, is_active=True).exists()


def people(
    *, county_id: int, organisation_kind: OrganisationKind | None = None, limit: int = 500
) -> tuple[Person, ...]:
    """Active people of a county with a role in an organisation of that kind; where it is None, without any role.

    Whoever administers the installation is none of these.
    """
    rows = Person.objects.filter(county_id=county_id, is_active=True)
    if organisation_kind is None:
        rows = rows.filter(memberships__isnull=True, is_staff=False)
    else:
        rows = rows.filter(memberships__organisation__kind=organisation_kind.value).distinct()
    return tuple(rows.order_by("id")[:limit])


def administrators(*, county_id: int) -> tuple[Person, ...]:
    """Active people who administer a county, the first one first."""
    rows = Person.objects.filter(county_id=county_id, is_active=True, is_staff=True)
    return tuple(rows.order_by("id"))


def display_names(*, person_ids: set[int]) -> dict[int, str]:
    """Public names by person id."""
    return dict(Person.objects.filter(id__in=person_ids).values_list("id", "display_name"))


def person_ref(*, person_id: int) -> PersonRef:
    """A person as others may see them. Raises `NotFound`."""
    name = Person.objects.filter(id=person_id).values_list("display_name", flat=True).first()
    if name is None:
        raise NotFound("person")
    return PersonRef(id=person_id, display_name=name)


def account(*, person_id: int) -> Account:
    """A person's account, open or closed. Raises `NotFound`. Whoever shows it to another logs that."""
    row = Person.objects.filter(id=person_id).first()
    if row is None:
        raise NotFound("person")
    return Account(
        id=row.pk,
        county_id=row.county_id,
        display_name=row.display_name,
        name=row.name,
        is_active=row.is_active,
    )


def masked_number(*, person_id: int) -> str:
    """The number somebody signs in with, as others see it, whether or not their account is open. Raises `NotFound`."""
    row = Person.objects.only("phone").filter(id=person_id).first()
    if row is None:
        raise NotFound("person")
    return masked_phone(row.phone)


def may_be_helped(*, person_id: int) -> bool:
    """May somebody else set their password anew? Not that of who runs the installation or works for the authority."""
    one = Person.objects.filter(id=person_id, is_active=True, is_staff=False, is_superuser=False)
    return one.exclude(memberships__organisation__kind=OrganisationKind.AUTHORITY.value).exists()


def sign_outs_of(*, number: str) -> int:
    """How often everything of theirs was signed out at once, by the number's keyed hash; 0 for a number of nobody."""
    found = Person.objects.filter(phone_hash=number).values_list("sign_outs", flat=True).first()
    return found or 0


def has_agreed_to_terms(*, person_id: int) -> bool:
    """Did they agree to the terms of use and the privacy notice as they are now?"""
    return TermsConsent.objects.filter(person_id=person_id, version=TERMS).exists()


def when_read(*, reader_id: int, subject: str, what: str) -> datetime | None:
    """When somebody last read this of a subject's personal data, as the log has it; None for never."""
    rows = PersonalDataRead.objects.filter(reader_id=reader_id, subject=subject, what=what)
    return rows.order_by("-at").values_list("at", flat=True).first()


def person_by_phone(*, phone: str) -> Person | None:
    """Find a person by normalised phone number, through its keyed hash."""
    return Person.objects.filter(phone_hash=blind_index(phone)).first()


def owns_number(found: Person) -> bool:
    """Is the number a person signs in with theirs, as far as this house asks numbers to be verified?"""
    return found.phone_verified or not settings.ACCOUNT_PHONE_VERIFICATION_ENABLED


def person_by_token(*, secret: str, now: datetime) -> Person | None:
    """The active owner of a personal token that is neither revoked nor expired; None for anything else."""
    token = (
        ApiToken.objects.select_related("person")
        .defer("person__phone", "person__name")  # encrypted: opening them would take half of a request's time
        .filter(token_hash=token_hash(secret), revoked_at__isnull=True, person__is_active=True)
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))
        .first()
    )
    return token.person if token else None


def token_hash(secret: str) -> str:
    """Tokens carry 256 bits of chance, so a plain SHA-256 is enough to keep."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tokens_of(*, person_id: int) -> tuple[TokenRef, ...]:
    """A person's tokens that are not revoked, newest first."""
    rows = ApiToken.objects.filter(person_id=person_id, revoked_at__isnull=True).order_by("-created_at")
    return tuple(token_ref(row) for row in rows)


def token_ref(row: ApiToken) -> TokenRef:
    """A token without its secret."""
    return TokenRef(
        id=row.pk,
        name=row.name,
        prefix=row.prefix,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
    )


def organisation(*, organisation_id: int) -> OrganisationRef:
    """One organisation. Raises `NotFound`."""
    found = organisations_by_ids(ids={organisation_id})
    if not found:
        raise NotFound("organisation")
    return found[organisation_id]


def organisations_by_ids(*, ids: set[int]) -> dict[int, OrganisationRef]:
    """Organisations by id."""
    rows = Organisation.objects.select_related("village").filter(id__in=ids)
    return {row.pk: organisation_ref(row) for row in rows}


def organisations(*, county_id: int, kind: OrganisationKind | None = None) -> tuple[OrganisationRef, ...]:
    """Organisations of a county, of one kind or all, by code."""
    rows = Organisation.objects.select_related("village").filter(county_id=county_id)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return tuple(organisation_ref(row) for row in rows.order_by("kind", "code"))


def authority(*, county_id: int) -> OrganisationRef | None:
    """The county's authority, who decides for it and is asked last; None where there is none yet."""
    found = organisations(county_id=county_id, kind=OrganisationKind.AUTHORITY)
    return found[0] if found else None


def organisations_named(
    *, county_id: int, kind: OrganisationKind, name: str, village_id: int | None = None
) -> tuple[OrganisationRef, ...]:
    """Organisations of one kind that are called so, however it is typed, in one village where that is given."""
    rows = Organisation.objects.select_related("village").filter(county_id=county_id, kind=kind.value)
    if village_id is not None:
        rows = rows.filter(village_id=village_id)
    wanted = alike(name)
    return tuple(organisation_ref(row) for row in rows.order_by("id") if alike(row.name) == wanted)


def federation_members(*, federation_id: int) -> frozenset[int]:
    """The cooperatives that are members of a federation now."""
    rows = FederationMember.objects.filter(federation_id=federation_id).order_by("cooperative_id", "-id")
    newest = rows.distinct("cooperative_id").values_list("cooperative_id", "member")
    return frozenset(cooperative_id for cooperative_id, member in newest if member)


def federations_of(*, cooperative_id: int) -> frozenset[int]:
    """The federations that a cooperative is a member of now."""
    rows = FederationMember.objects.filter(cooperative_id=cooperative_id).order_by("federation_id", "-id")
    newest = rows.distinct("federation_id").values_list("federation_id", "member")
    return frozenset(federation_id for federation_id, member in newest if member)


def next_code(*, county_id: int, kind: OrganisationKind) -> str:
    """A code for the county's next organisation of a kind, such as N061; somebody else may take it meanwhile."""
    letters, digits = CODES[kind]
    taken = Organisation.objects.filter(county_id=county_id, code__regex=rf"^{letters}[0-9]{{1,6}}$")
    numbers = [int(code.removeprefix(letters)) for code in taken.values_list("code", flat=True)]
    return f"{letters}{max(numbers, default=0) + 1:0{digits}}"


def organisation_ref(row: Organisation) -> OrganisationRef:
    """An organisation as other rooms see it."""
    return OrganisationRef(
        id=row.pk,
        county_id=row.county_id,
        kind=OrganisationKind(row.kind),
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        village=row.village.name if row.village else "",
        village_en=row.village.name_en if row.village else "",
        standing=Standing(row.standing),
        picture=row.picture,
        form=LegalForm(row.form),
    )


def memberships_of(*, person_id: int) -> tuple[MembershipRef, ...]:
    """Every role of a person, with its organisation; in a request read once, however often it is asked (`kept`)."""
    return kept.once(person_id, _memberships_of)


def _memberships_of(person_id: int) -> tuple[MembershipRef, ...]:
    rows = (
        Membership.objects.select_related("organisation__village")
        .filter(person_id=person_id)
        .order_by("organisation_id")
    )
    return tuple(
        MembershipRef(organisation=organisation_ref(row.organisation), role=Role(row.role)) for row in rows
    )


def members_of(*, organisation_id: int) -> tuple[tuple[PersonRef, Role], ...]:
    """Who works in an organisation."""
    rows = Membership.objects.select_related("person").filter(organisation_id=organisation_id).order_by("id")
    return tuple(
        (PersonRef(id=row.person_id, display_name=row.person.display_name), Role(row.role)) for row in rows
    )


def people_of(
    *, organisation_ids: set[int], roles: Collection[Role] = tuple(Role)
) -> dict[int, tuple[int, ...]]:
    """Ids of the active people with one of `roles`, by organisation, in one statement whatever their number."""
    rows = (
        Membership.objects.filter(organisation_id__in=organisation_ids, person__is_active=True)
        .filter(role__in=[role.value for role in roles])
        .order_by("organisation_id", "person_id")
        .values_list("organisation_id", "person_id")
        .distinct()
    )
    found: dict[int, tuple[int, ...]] = {}
    for organisation_id, person_id in rows:
        found[organisation_id] = (*found.get(organisation_id, ()), person_id)
    return found


def addresses_of(*, person_id: int) -> tuple[AddressBook, ...]:
    """A person's delivery addresses, the default first."""
    rows = Address.objects.filter(person_id=person_id).order_by("-is_default", "-id")
    return tuple(address_view(row) for row in rows)


def address_view(row: Address) -> AddressBook:
    """An address in plain words."""
    return AddressBook(
        id=row.pk,
        recipient=row.recipient,
        phone=row.phone,
        province=row.province,
        city=row.city,
        district=row.district,
        line=row.line,
        is_default=row.is_default,
    )


def _county(row: County) -> CountyRef:
    return CountyRef(id=row.pk, code=row.code, name=row.name, name_en=row.name_en)
