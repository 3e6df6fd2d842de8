"""What settlement tells people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.kit.money import yuan
from fieldcast.settlement.models import Payout, Statement


@register
@dataclass(frozen=True)
class StatementIssued(Kind):
    """A session's statement is there, and what it comes to."""

    name: ClassVar[str] = "statement_issued"
    number: str
    total_fen: int

    @property
    def sentence(self) -> str:
        """Number and sum."""
        places = {"number": self.number, "amount": yuan(self.total_fen)}
        return _("Statement %(number)s is issued: ¥%(amount)s.") % places


def statements_issued(statements: Sequence[Statement], *, now: datetime) -> None:
    """Tell those who answer for each statement's organisation; the platform's own reach nobody."""
    organisations = {one.organisation_id for one in statements if one.organisation_id is not None}
    people = accounts.people_of(organisation_ids=organisations, roles=ANSWERABLE)
    letters = [
        Letter(
            to=people.get(one.organisation_id, ()),
            county_id=one.county_id,
            what=StatementIssued(number=one.number, total_fen=one.total_fen),
            link=f"/statements/{one.pk}/",
            once_key=f"statement:{one.pk}",
        )
        for one in statements
        if one.organisation_id is not None
    ]
    inbox_operations.send(letters=letters, now=now)


@register
@dataclass(frozen=True)
class PayoutReturned(Kind):
    """The bank returned a payout: the money is in the wallet, and another account is asked for."""

    name: ClassVar[str] = "payout_returned"
    amount_fen: int
    reason: str

    @property
    def sentence(self) -> str:
        """How much, and what the bank says."""
        places = {"amount": yuan(self.amount_fen), "reason": self.reason}
        if self.reason:
            return _("The bank returned ¥%(amount)s (%(reason)s): name another account.") % places
        return _("The bank returned ¥%(amount)s: name another account.") % places


def payouts_returned(returned: Sequence[tuple[Payout, int, str]], *, now: datetime) -> None:
    """Tell those who answer for each payout's organisation, once."""
    people = accounts.people_of(organisation_ids={one for _row, one, _reason in returned}, roles=ANSWERABLE)
    letters = [
        Letter(
            to=people.get(organisation_id, ()),
            county_id=row.county_id,
            what=PayoutReturned(amount_fen=row.amount_fen, reason=reason[:40]),
            link=f"/me/account/{organisation_id}/",
            once_key=f"payout-back:{row.pk}",
        )
        for row, organisation_id, reason in returned
    ]
    inbox_operations.send(letters=letters, now=now)
