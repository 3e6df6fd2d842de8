"""Writes of accounts."""

import secrets
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import kept, trails
from fieldcast.accounts.models import (
    Address,
    ApiToken,
    County,
    FamiliarAddress,
    Membership,
    Organisation,
    Person,
    PersonalDataRead,
    StandingChange,
    TermsConsent,
    Village,
)
from fieldcast.accounts.phones import normalise_phone
from fieldcast.accounts.queries import address_view, organisation_ref, token_hash, token_ref
from fieldcast.accounts.types import (
    TERMS,
    AddressBook,
    OrganisationKind,
    OrganisationRef,
    Role,
    SignedIn,
    Standing,
    TokenRef,
)
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.fields import blind_index
from fieldcast.kit.provinces import cities_of
from fieldcast.kit.said import must_say, said

TOKEN_PREFIX = "fc_"  # noqa: S105 — a mark by which leaked tokens are recognised, not a secret
MOST_ADDRESSES = 20
MOST_TOKENS = 20


class PhoneTaken(Problem):
    """The phone number already signs someone in."""

    code = "phone_taken"
    status = 409
    sentence = _("This mobile number is already registered.")
    next_step = _("Sign in with it, or use another number.")


class BadPhone(Problem):
    """Not a mobile number."""

    code = "bad_phone"
    sentence = _("This is not a mobile number.")
    next_step = _("Enter an 11-digit mobile number, such as 138 0013 8000.")


class TooMany(Problem):
    """A list a person keeps is full."""

    code = "too_many"
    status = 409
    sentence = _("You already keep %(most)s of these.")
    next_step = _("Remove one you no longer need, then try again.")


def create_county(*, code: str, name: str, name_en: str = "") -> int:
    """Create a tenant; returns its id."""
    return County.objects.create(code=code, name=must_say(name, field="name"), name_en=said(name_en)).pk


def add_village(*, county_id: int, name: str, name_en: str = "") -> int:
    """Add a village; returns its id."""
    plain = must_say(name, field="name")
    return Village.objects.create(county_id=county_id, name=plain, name_en=said(name_en)).pk


def register_person(
    *,
    phone: str,
    display_name: str,
    password: str | None,
    county_id: int,
    name: str = "",
    picture: str = "",
) -> Person:
    """Register someone who signs in with `phone`; without a password they cannot sign in by one.

    Raises `BadPhone`, `SaysNothing`, `PhoneTaken`, or Django's `ValidationError` for a weak password.
    """
    try:
        phone = normalise_phone(phone)
    except ValueError:
        raise BadPhone from None
    if password is not None:
        check_password(phone=phone, password=password)
    try:
        with transaction.atomic():
            return Person.objects.create_user(
                phone=phone,
                password=password,
                display_name=must_say(display_name, field="display_name"),
                county_id=county_id,
                name=said(name),
                picture=picture,
            )
    except IntegrityError as error:
        raise PhoneTaken from error


def rename(*, by: SignedIn, display_name: str) -> None:
    """Change the name others see."""
    if name := said(display_name)[:40]:
        Person.objects.filter(id=by.pk).update(display_name=name)


def register_organisation(
    *,
    county_id: int,
    kind: OrganisationKind,
    code: str,
    name: str,
    now: datetime,
    name_en: str = "",
    village_id: int | None = None,
    picture: str = "",
) -> OrganisationRef:
    """Register an organisation of the county."""
    row = Organisation.objects.create(
        county_id=county_id,
        kind=kind.value,
        code=code,
        name=must_say(name, field="name"),
        name_en=said(name_en),
        village_id=village_id,
        picture=picture,
        joined_at=now,
    )
    return organisation_ref(Organisation.objects.select_related("village").get(pk=row.pk))


def add_member(
    *,
    person_id: int,
    organisation_id: int,
    role: Role,
    by: SignedIn | None = None,
    now: datetime | None = None,
) -> int:
    """Give a person a role in an organisation, or change the one they have; returns the membership's id.

    The trail of memberships hears of it in the same transaction. `by` None is the platform itself.
    """
    kept.keep_no_more()
    with transaction.atomic():
        lock_person(person_id)
        row, made = Membership.objects.get_or_create(
            person_id=person_id, organisation_id=organisation_id, defaults={"role": role.value}
        )
        if made or row.role != role.value:
            row.role = role.value
            row.save(update_fields=["role"])
            trails.note_membership(
                person_id=person_id, organisation_id=organisation_id, role=role.value, by=by, now=now
            )
    return row.pk


def remove_member(
    *, person_id: int, organisation_id: int, by: SignedIn | None = None, now: datetime | None = None
) -> None:
    """End a person's role in an organisation. Raises `NotFound` when they have none."""
    kept.keep_no_more()
    with transaction.atomic():
        lock_person(person_id)
        gone, _rows = Membership.objects.filter(person_id=person_id, organisation_id=organisation_id).delete()
        if not gone:
            raise NotFound("membership")
        trails.note_membership(person_id=person_id, organisation_id=organisation_id, role="", by=by, now=now)


def lock_person(person_id: int) -> None:
    """Changes of one person's memberships and addresses are numbered, so they come one after the other."""
    if not Person.objects.select_for_update(no_key=True).filter(id=person_id).exists():
        raise NotFound("person")


def lock_county(county_id: int) -> None:
    """Of several who would make an organisation or village of one name, one is first. Before every lock in it."""
    if not County.objects.select_for_update(no_key=True).filter(id=county_id).exists():
        raise NotFound("county")


def lock_organisation(organisation_id: int) -> None:
    """Of several who would be the first to work there, one is. Before the lock of a person."""
    if not Organisation.objects.select_for_update(no_key=True).filter(id=organisation_id).exists():
        raise NotFound("organisation")


def lock_person_by_phone(*, phone: str) -> Person | None:
    """The person who signs in with a normalised number, locked for what follows; None when there is none.

    It asks the database the same whether there is one or not.
    """
    return Person.objects.select_for_update(no_key=True).filter(phone_hash=blind_index(phone)).first()


def check_password(*, phone: str, password: str) -> None:
    """Raises Django's `ValidationError` for a password that is weak, or the number of whoever it is for."""
    validate_password(password, Person(phone=phone))


def replace_password(*, person_id: int, password: str, now: datetime) -> None:
    """Set another password and sign out whatever was signed in: browsers, known devices and addresses, keys.

    Who may ask for it is for the caller to know. Raises `NotFound`, and Django's `ValidationError` for a weak one.
    """
    with transaction.atomic():
        lock_person(person_id)
        person = Person.objects.get(id=person_id)
        validate_password(password, person)
        person.set_password(password)
        person.save(update_fields=["password"])
        end_sign_ins(person_id=person_id, now=now)


def end_sign_ins(*, person_id: int, now: datetime) -> None:
    """Sign out whatever is signed in of a person, locked by the caller: browsers, known devices and addresses, keys."""
    # every session carries a hash of the count, every device a mark
    Person.objects.filter(id=person_id).update(sign_outs=F("sign_outs") + 1)
    FamiliarAddress.objects.filter(person_id=person_id).delete()
    ApiToken.objects.filter(person_id=person_id, revoked_at__isnull=True).update(revoked_at=now)


def agree_to_terms(*, by: SignedIn, now: datetime) -> None:
    """Write down that a person agrees to the terms of use and the privacy notice as they are; once a version."""
    TermsConsent.objects.get_or_create(person_id=by.pk, version=TERMS, defaults={"at": now})


def set_standing(
    *, by: SignedIn | None, organisation_id: int, standing: Standing, reason: str, now: datetime
) -> None:
    """Written by supervision: may this organisation go live and sell? `by` None is the platform itself."""
    kept.keep_no_more()
    with transaction.atomic():
        row = Organisation.objects.select_for_update(no_key=True).filter(id=organisation_id).first()
        if row is None:
            raise NotFound("organisation")
        before = row.standing
        row.standing, row.standing_reason = standing.value, said(reason)[:200]
        row.save(update_fields=["standing", "standing_reason"])
        StandingChange.objects.create(
            organisation=row,
            before=before,
            after=standing.value,
            reason=row.standing_reason,
            by_id=by.pk if by else None,
            at=now,
        )


def save_address(
    *,
    by: SignedIn,
    recipient: str,
    phone: str,
    province: str,
    line: str,
    city: str = "",
    district: str = "",
    is_default: bool = False,
) -> AddressBook:
    """Keep a delivery address; the first one is the default. Raises `BadPhone`, `SaysNothing` and `TooMany`."""
    recipient, line = must_say(recipient, field="recipient"), must_say(line, field="line")
    cities = cities_of(province)  # of a municipality itself: nobody writes it twice
    city = cities[0] if len(cities) == 1 else must_say(city, field="city")
    try:
        phone = normalise_phone(phone)
    except ValueError:
        raise BadPhone from None
    with transaction.atomic():
        lock_person(by.pk)
        kept = Address.objects.filter(person_id=by.pk)
        count = kept.count()
        if count >= MOST_ADDRESSES:
            raise TooMany(most=MOST_ADDRESSES)
        first = is_default or count == 0
        if first:
            kept.update(is_default=False)
        row = Address.objects.create(
            person_id=by.pk,
            recipient=recipient,
            phone=phone,
            province=province,
            city=said(city),
            district=said(district),
            line=line,
            is_default=first,
        )
        trails.note_address(address_id=row.pk, person_id=by.pk, by=by)
    return address_view(row)


def delete_address(*, by: SignedIn, address_id: int) -> None:
    """Remove one's own address. Raises `NotFound`. Orders keep the copy they were placed with."""
    with transaction.atomic():
        lock_person(by.pk)
        deleted, _rows = Address.objects.filter(person_id=by.pk, id=address_id).delete()
        if not deleted:
            raise NotFound("address")
        trails.note_address(address_id=address_id, person_id=by.pk, by=by)


def issue_token(
    *, by: SignedIn, name: str, now: datetime, expires_at: datetime | None = None
) -> tuple[TokenRef, str]:
    """Issue a personal API token; the secret is returned this once and only its hash is kept."""
    if ApiToken.objects.filter(person_id=by.pk, revoked_at__isnull=True).count() >= MOST_TOKENS:
        raise TooMany(most=MOST_TOKENS)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        person_id=by.pk,
        name=said(name)[:60] or "token",
        prefix=secret[:8],
        token_hash=token_hash(secret),
        created_at=now,
        expires_at=expires_at,
    )
    return token_ref(row), secret


def revoke_token(*, by: SignedIn, token_id: int, now: datetime) -> None:
    """Make one's own token useless at once. Raises `NotFound`."""
    changed = ApiToken.objects.filter(person_id=by.pk, id=token_id, revoked_at__isnull=True).update(
        revoked_at=now
    )
    if not changed:
        raise NotFound("token")


def log_personal_read(*, by: SignedIn, subject: str, what: str, reason: str, now: datetime) -> None:
    """Write down who read someone's personal data and why; called by whatever shows it to another person."""
    PersonalDataRead.objects.create(reader_id=by.pk, subject=subject, what=what, reason=reason[:200], at=now)
