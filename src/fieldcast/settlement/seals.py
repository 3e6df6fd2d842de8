"""Seals of what redirects money: where a party's payouts go, and that a person lets a fund pay below its floor.

A row inserted by hand has no true seal, since the key is not in the database: nothing is paid by it, and `broken` names
it. A copied row meets a unique constraint.
"""

from datetime import UTC, datetime

from fieldcast.kit.fields import seal
from fieldcast.kit.found import Found, found
from fieldcast.settlement.models import BankAccount, FundAnswer


def of_account(row: BankAccount) -> str:
    """The seal of a bank account."""
    said = (row.organisation_id, row.holder, row.bank, row.number, row.number_end, row.by_id, _moment(row.at))
    return seal(f"settlement.account:{said}")


def of_answer(row: FundAnswer) -> str:
    """The seal of a decision on a payment out of a fund."""
    return seal(f"settlement.fund_answer:{(row.ask_id, row.approved, row.why, row.by_id, _moment(row.at))}")


def broken() -> Found:
    """How many rows nobody wrote down through the platform."""
    accounts = [one.pk for one in BankAccount.objects.order_by("id") if one.seal != of_account(one)]
    answers = [one.ask_id for one in FundAnswer.objects.order_by("id") if one.seal != of_answer(one)]
    named = [*(f"bank account {one}" for one in accounts), *(f"fund payment {one}" for one in answers)]
    return found("seal of a payout's way", [(name, 1) for name in named])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
