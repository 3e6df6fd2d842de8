"""Whoever's money came back is asked on the desk for another account; who does not answer is taken to the county."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import Role, SignedIn
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind, register
from fieldcast.desk.types import Owner
from fieldcast.kit.money import yuan
from fieldcast.settlement.models import BankAccount, Payout

PAYOUT_RETURNED = register(
    Kind(
        code="payout_returned",
        asks=_("Name another bank account: ¥%(amount)s came back from the one ending in %(end)s"),
        hint=_("The bank returned the money. It is in the wallet, and goes out again to the new account."),
        way=_("Name an account"),
        working_days=3,
        in_words=False,
    )
)
NAMED = gettext_noop("Another account is named.")


def ask_for_account(row: Payout, account: BankAccount, *, now: datetime) -> None:
    """Ask the party of a returned payout, once an account."""
    authority = accounts.authority(county_id=row.county_id)
    desk_operations.open_item(
        kind=PAYOUT_RETURNED,
        subject=str(account.pk),
        county_id=row.county_id,
        owner=Owner(account.organisation_id, Role.MANAGER),
        escalates_to=Owner(authority.id, Role.MANAGER) if authority else None,
        facts={
            "amount": yuan(row.amount_fen),
            "end": account.number_end,
            "organisation": account.organisation_id,
        },
        by=None,
        now=now,
    )


def account_named(*, organisation_id: int, by: SignedIn, now: datetime) -> None:
    """What was asked about any account of theirs is answered."""
    accounts_asked = BankAccount.objects.filter(organisation_id=organisation_id).order_by("id")
    for account_id in accounts_asked.values_list("id", flat=True):
        desk_operations.finish(kind=PAYOUT_RETURNED, subject=str(account_id), by=by, words=NAMED, now=now)
