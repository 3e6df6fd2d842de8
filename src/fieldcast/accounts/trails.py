"""The append-only trails of memberships, rights and saved addresses, and the check that what stands now follows from
them.

A row written by hand has no entry; an entry written by hand has no true seal, since its key is not in the database; an
entry copied from another has that one's number. So who may act for an organisation is what somebody with the right to
say so has said, and the trail tells who.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from fieldcast.accounts.models import AddressChange, MembershipChange, Person, RightsChange
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.fields import seal
from fieldcast.kit.found import Found, found

# What an address says, as it is stored: sealed columns are compared sealed, so nobody's address is opened for it.
DIGESTS = """
SELECT id, person_id, encode(sha256(convert_to(concat_ws(chr(31), id, person_id, recipient, phone, province, city,
  district, line), 'UTF8')), 'hex') AS digest
FROM accounts_address
"""
_MEMBERSHIPS = """
SELECT person_id, organisation_id FROM (
  SELECT m.person_id, m.organisation_id, m.role, coalesce(t.role, '') AS said
  FROM accounts_membership m
  LEFT JOIN (
    SELECT DISTINCT ON (person_id, organisation_id) person_id, organisation_id, role FROM accounts_membershipchange
    ORDER BY person_id, organisation_id, number DESC
  ) t USING (person_id, organisation_id)
  UNION ALL
  SELECT t.person_id, t.organisation_id, coalesce(m.role, ''), t.role
  FROM (
    SELECT DISTINCT ON (person_id, organisation_id) person_id, organisation_id, role FROM accounts_membershipchange
    ORDER BY person_id, organisation_id, number DESC
  ) t
  LEFT JOIN accounts_membership m USING (person_id, organisation_id) WHERE m.person_id IS NULL
) both_ways WHERE role <> said ORDER BY 1, 2
"""
_ADDRESSES = f"""
SELECT coalesce(a.id, t.address_id) FROM ({DIGESTS}) a
FULL JOIN (
  SELECT DISTINCT ON (address_id) address_id, person_id, digest FROM accounts_addresschange
  ORDER BY address_id, number DESC
) t ON t.address_id = a.id
WHERE coalesce(a.digest, '') <> coalesce(t.digest, '') OR a.person_id <> t.person_id ORDER BY 1
"""
_RIGHTS = """
SELECT p.id FROM accounts_person p
LEFT JOIN (
  SELECT DISTINCT ON (person_id) person_id, is_active, is_staff, is_superuser FROM accounts_rightschange
  ORDER BY person_id, number DESC
) t ON t.person_id = p.id
WHERE (p.is_active, p.is_staff, p.is_superuser)
  IS DISTINCT FROM (coalesce(t.is_active, true), coalesce(t.is_staff, false), coalesce(t.is_superuser, false))
ORDER BY 1
"""


def note_membership(
    *, person_id: int, organisation_id: int, role: str, by: SignedIn | None, now: datetime | None = None
) -> None:
    """Write down a role given, or ended (''), in the caller's transaction and under its lock of the person."""
    rows = MembershipChange.objects.filter(person_id=person_id, organisation_id=organisation_id)
    entry: dict[str, Any] = {
        "person_id": person_id,
        "organisation_id": organisation_id,
        "number": rows.count() + 1,
        "role": role,
        "by_id": by.pk if by else None,
        "at": now or timezone.now(),
    }
    MembershipChange.objects.create(**entry, seal=membership_seal(**entry))


def note_rights(person: Person, *, by: SignedIn | None, now: datetime | None = None) -> None:
    """Write down what a person may do to the installation from now on, as `note_membership` does."""
    entry: dict[str, Any] = {
        "person_id": person.pk,
        "number": RightsChange.objects.filter(person_id=person.pk).count() + 1,
        "is_active": person.is_active,
        "is_staff": person.is_staff,
        "is_superuser": person.is_superuser,
        "by_id": by.pk if by else None,
        "at": now or timezone.now(),
    }
    RightsChange.objects.create(**entry, seal=rights_seal(**entry))


def note_address(
    *, address_id: int, person_id: int, by: SignedIn | None, now: datetime | None = None
) -> None:
    """Write down what an address says now, or that it is gone, as `note_membership` does."""
    with connection.cursor() as cursor:
        cursor.execute(f"{DIGESTS} WHERE id = %s", [address_id])
        row = cursor.fetchone()
    entry: dict[str, Any] = {
        "address_id": address_id,
        "person_id": person_id,
        "number": AddressChange.objects.filter(address_id=address_id).count() + 1,
        "digest": row[2] if row else "",
        "by_id": by.pk if by else None,
        "at": now or timezone.now(),
    }
    AddressChange.objects.create(**entry, seal=address_seal(**entry))


def membership_seal(
    *, person_id: int, organisation_id: int, number: int, role: str, by_id: int | None, at: datetime
) -> str:
    """The seal of an entry in the trail of memberships."""
    return _sealed("membership", person_id, organisation_id, number, role, by_id, at)


def rights_seal(
    *,
    person_id: int,
    number: int,
    is_active: bool,
    is_staff: bool,
    is_superuser: bool,
    by_id: int | None,
    at: datetime,
) -> str:
    """The seal of an entry in the trail of rights."""
    return _sealed("rights", person_id, number, is_active, is_staff, is_superuser, by_id, at)


def address_seal(
    *, address_id: int, person_id: int, number: int, digest: str, by_id: int | None, at: datetime
) -> str:
    """The seal of an entry in the trail of addresses."""
    return _sealed("address", address_id, person_id, number, digest, by_id, at)


def broken() -> Found:
    """How many memberships, people's rights and addresses do not follow from their trail, and how many entries are
    not ours.
    """
    members: Any = MembershipChange.objects.order_by("id").values(
        "person_id", "organisation_id", "number", "role", "by_id", "at", "seal"
    )
    addresses: Any = AddressChange.objects.order_by("id").values(
        "address_id", "person_id", "number", "digest", "by_id", "at", "seal"
    )
    rights: Any = RightsChange.objects.order_by("id").values(
        "person_id", "number", "is_active", "is_staff", "is_superuser", "by_id", "at", "seal"
    )
    forged = [
        *(("membership", row) for row in members.iterator() if row.pop("seal") != membership_seal(**row)),
        *(("rights", row) for row in rights.iterator() if row.pop("seal") != rights_seal(**row)),
        *(("address", row) for row in addresses.iterator() if row.pop("seal") != address_seal(**row)),
    ]
    return (
        _named(
            "membership without its trail",
            (f"person {p} in organisation {o}" for p, o in _rows(_MEMBERSHIPS)),
        )
        + _named("rights without their trail", (f"person {number}" for (number,) in _rows(_RIGHTS)))
        + _named("address without its trail", (f"{number}" for (number,) in _rows(_ADDRESSES)))
        + _named("entry of a trail that is not ours", (f"{kind} {row['number']}" for kind, row in forged))
    )


def _sealed(*parts: object) -> str:
    """Times are sealed as the database keeps them, in microseconds of one zone."""
    return seal(
        "\x1f".join(p.astimezone(UTC).isoformat() if isinstance(p, datetime) else repr(p) for p in parts)
    )


def _named(what: str, names: Iterable[str]) -> Found:
    return found(what, [(name, 1) for name in names])


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
