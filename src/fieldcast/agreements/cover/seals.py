"""Seals of what people vouch for in the cover: money that came, and how far a fund stands behind a cooperative.

A row inserted by hand, however well the book fits it, has no true seal: the key is not in the database. A copied row
meets a unique constraint, since slip or moment are among what is sealed.
"""

from datetime import UTC, datetime

from fieldcast.agreements.cover.models import Backing, MoneyReceived
from fieldcast.kit.fields import seal
from fieldcast.kit.found import Found, found


def of_money(row: MoneyReceived) -> str:
    """The seal of money received, or given back, against a slip."""
    said = (
        row.county_id,
        row.kind,
        row.party,
        row.purpose,
        row.amount_fen,
        row.slip,
        row.by_id,
        _moment(row.at),
    )
    return seal(f"cover.money:{said}")


def of_backing(row: Backing) -> str:
    """The seal of a fund's limit for a cooperative."""
    return seal(
        f"cover.backing:{(row.fund_id, row.cooperative_id, row.limit_fen, row.by_id, _moment(row.at))}"
    )


def broken() -> Found:
    """How many rows nobody of the authority wrote down through the platform."""
    money = [f"slip {row.slip}" for row in MoneyReceived.objects.order_by("id") if row.seal != of_money(row)]
    limits = [f"limit {row.pk}" for row in Backing.objects.order_by("id") if row.seal != of_backing(row)]
    return found("seal of the cover", [(name, 1) for name in (*money, *limits)])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
