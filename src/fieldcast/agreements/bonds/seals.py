"""Seals of what people vouch for in bonds: a guarantee letter that was shown, and a penalty that was confirmed."""

from datetime import UTC, datetime

from fieldcast.agreements.bonds.models import GuaranteeLetter, Penalty
from fieldcast.kit.fields import seal
from fieldcast.kit.found import Found, found


def of_letter(row: GuaranteeLetter) -> str:
    """The seal of a guarantee letter."""
    whose = (row.agreement_id, row.organisation_id)
    said = (row.bank, row.number, row.amount_fen, row.valid_until.isoformat(), row.file_id)
    return seal(f"bonds.letter:{(*whose, *said, row.by_id, _moment(row.at))}")


def of_penalty(row: Penalty) -> str:
    """The seal of a confirmed penalty."""
    what = (row.agreement_id, row.version_id, row.clause, row.decision)
    money = (row.payer_id, row.receiver_id, row.amount_fen, row.cash_fen)
    return seal(f"bonds.penalty:{(*what, *money, row.why, row.by_id, _moment(row.at))}")


def broken() -> Found:
    """How many rows nobody of the authority wrote down through the platform."""
    letters = [
        f"letter {row}" for row in GuaranteeLetter.objects.order_by("id") if row.seal != of_letter(row)
    ]
    penalties = [f"penalty {row.pk}" for row in Penalty.objects.order_by("id") if row.seal != of_penalty(row)]
    return found("seal of bonds", [(name, 1) for name in (*letters, *penalties)])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
