"""Where an organisation's money goes: named by its own people, or by the county's money keepers."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.said import said
from fieldcast.settlement import seals
from fieldcast.settlement.banks import asking, returning
from fieldcast.settlement.banks.problems import AccountRefused, BadAccount
from fieldcast.settlement.banks.types import AccountView
from fieldcast.settlement.models import BankAccount, PayoutOrder
from fieldcast.settlement.types import PayoutState

NUMBER: Final = re.compile(r"[0-9]{8,30}")
LONGEST: Final = 60


@transaction.atomic
def name_account(
    *, by: SignedIn, organisation_id: int, holder: str, bank: str, number: str, now: datetime
) -> AccountView:
    """Name the account to which payouts go from now on; what the bank had returned goes out to it once more.

    The account that stands, named again, changes nothing. Raises `NotFound` for strangers, `BadAccount`, and
    `AccountRefused` for one from which the bank returned money.
    """
    organisation = accounts.organisation(organisation_id=organisation_id)
    require(by, "settlement.name_account", organisation)
    plain, holder, bank = re.sub(r"[\s-]", "", said(number)), said(holder), said(bank)
    if not NUMBER.fullmatch(plain) or not 0 < len(holder) <= LONGEST or not 0 < len(bank) <= LONGEST:
        raise BadAccount
    accounts_operations.lock_organisation(organisation_id=organisation_id)
    if any(row.number == plain for row in _refused(organisation_id)):
        raise AccountRefused
    standing = BankAccount.objects.filter(organisation_id=organisation_id).order_by("-id").first()
    if standing and (standing.number, standing.holder, standing.bank) == (plain, holder, bank):
        return _view(standing, refused=False)
    row = BankAccount(
        organisation_id=organisation_id,
        holder=holder,
        bank=bank,
        number=plain,
        number_end=plain[-4:],
        by_id=by.pk,
        at=now,
    )
    row.seal = seals.of_account(row)
    row.save(force_insert=True)
    asking.account_named(organisation_id=organisation_id, by=by, now=now)
    returning.send_again(organisation_id=organisation_id, county_id=organisation.county_id, now=now)
    return _view(row, refused=False)


def account_of(*, organisation_id: int) -> AccountView | None:
    """Where an organisation's money goes, masked."""
    return accounts_of(organisation_ids=[organisation_id]).get(organisation_id)


def accounts_of(*, organisation_ids: Iterable[int]) -> dict[int, AccountView]:
    """The same of several, those without an account left out; no number is opened."""
    rows = BankAccount.objects.filter(organisation_id__in=set(organisation_ids))
    rows = rows.annotate(refused=Exists(_returned())).defer("holder", "number").order_by("id")
    return {row.organisation_id: _view(row, refused=row.refused) for row in rows}


def _returned() -> "QuerySet[PayoutOrder]":
    return PayoutOrder.objects.filter(account_id=OuterRef("pk"), payout__state=PayoutState.RETURNED.value)


def _refused(organisation_id: int) -> list[BankAccount]:
    rows = BankAccount.objects.filter(organisation_id=organisation_id)
    return list(rows.filter(Exists(_returned())))


def _view(row: BankAccount, *, refused: bool) -> AccountView:
    return AccountView(
        id=row.pk,
        organisation_id=row.organisation_id,
        bank=row.bank,
        number_end=row.number_end,
        at=row.at,
        refused=refused,
    )
