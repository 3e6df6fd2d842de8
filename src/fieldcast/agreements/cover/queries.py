"""Reads of the cover. Balances are the ledger's; what is owed to each fund is read from what was drawn."""

from collections.abc import Iterable

from django.db.models import Sum

from fieldcast.accounts import queries as accounts
from fieldcast.agreements.cover.models import Backing, Draw, Fund, MoneyReceived
from fieldcast.agreements.cover.types import BackingView, Cover, FundView, MoneyKind, MoneyView, Room
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page, paginate
from fieldcast.ledger import queries as ledger


def cover_of(*, cooperative_id: int) -> Cover:
    """What stands behind a cooperative now."""
    party = f"org:{cooperative_id}"
    backings = _in_force(Backing.objects.filter(cooperative_id=cooperative_id).select_related("fund"))
    owed = owed_to_funds(cooperative_id=cooperative_id)
    return Cover(
        cooperative_id=cooperative_id,
        deposit_fen=ledger.balance(party=party, purpose="deposit").available_fen,
        rooms=tuple(_room(row, owed.get(row.fund_id, 0)) for row in backings),
        owed_fen=max(0, -ledger.balance(party=party, purpose="advance").balance_fen),
    )


def owed_to_funds(*, cooperative_id: int) -> dict[int, int]:
    """What a cooperative owes to each fund, by fund."""
    rows = Draw.objects.filter(cooperative_id=cooperative_id, fund__isnull=False)
    return {fund: fen for fund, fen in rows.values_list("fund_id").annotate(fen=Sum("amount_fen")) if fen}


def drawn_by_cooperative() -> dict[int, int]:
    """What was drawn for each cooperative from its deposit and from funds, less what it paid back."""
    return dict(Draw.objects.values_list("cooperative_id").annotate(fen=Sum("amount_fen")).order_by())


def fund(*, fund_id: int) -> FundView:
    """One fund. Raises `NotFound`."""
    found = _funds(Fund.objects.filter(id=fund_id))
    if not found:
        raise NotFound("fund")
    return found[0]


def funds(*, county_id: int) -> tuple[FundView, ...]:
    """A county's funds, the oldest first."""
    return _funds(Fund.objects.filter(county_id=county_id).order_by("id"))


def money(*, county_id: int, page: int = 1, per_page: int = 20) -> Page[MoneyView]:
    """What officers wrote down, the newest first."""
    rows = MoneyReceived.objects.filter(county_id=county_id).select_related("cooperative", "fund", "by")
    return paginate(rows.order_by("-id"), lambda found: [money_view(row) for row in found], page, per_page)


def money_of(*, cooperative_id: int, limit: int = 20) -> tuple[MoneyView, ...]:
    """What came into a cooperative's deposit or went back, the newest first."""
    rows = MoneyReceived.objects.filter(cooperative_id=cooperative_id)
    found = rows.select_related("cooperative", "fund", "by").order_by("-id")[:limit]
    return tuple(money_view(row) for row in found)


def money_view(row: MoneyReceived, *, repeated: bool = False) -> MoneyView:
    """A row as other rooms see it."""
    of = row.cooperative or row.fund
    return MoneyView(
        id=row.pk,
        kind=MoneyKind(row.kind),
        party_name=of.name if of else "",
        party_name_en=of.name_en if of else "",
        amount_fen=row.amount_fen,
        slip=row.slip,
        note=row.note,
        by=row.by.display_name,
        at=row.at,
        repeated=repeated,
    )


def slip_known(*, cooperative_id: int, slip: str) -> bool:
    """Was this slip written down for the cooperative already?"""
    number = slip.strip().upper()
    return MoneyReceived.objects.filter(cooperative_id=cooperative_id, slip=number).exists()


def promised_fen(*, fund_id: int, but_cooperative_id: int | None = None) -> int:
    """What a fund has promised and not yet given, to all cooperatives or to all but one."""
    rows = _in_force(Backing.objects.filter(fund_id=fund_id))
    owed = _owed_of_fund(fund_id)
    return sum(
        max(0, row.limit_fen - owed.get(row.cooperative_id, 0))
        for row in rows
        if row.cooperative_id != but_cooperative_id
    )


def _room(row: Backing, owed_fen: int) -> Room:
    cash_fen = ledger.balance(party=f"fund:{row.fund_id}", purpose="fund").available_fen
    return Room(
        fund_id=row.fund_id,
        name=row.fund.name,
        name_en=row.fund.name_en,
        limit_fen=row.limit_fen,
        owed_fen=owed_fen,
        room_fen=max(0, min(row.limit_fen - owed_fen, cash_fen)),
    )


def _in_force(rows: "Iterable[Backing]") -> list[Backing]:
    """The newest row of each fund and cooperative, by fund and cooperative."""
    newest = {(row.fund_id, row.cooperative_id): row for row in sorted(rows, key=lambda row: row.pk)}
    return [newest[key] for key in sorted(newest)]


def _owed_of_fund(fund_id: int) -> dict[int, int]:
    rows = Draw.objects.filter(fund_id=fund_id).values_list("cooperative_id")
    return dict(rows.annotate(fen=Sum("amount_fen")).order_by())


def _funds(rows: "Iterable[Fund]") -> tuple[FundView, ...]:
    return tuple(_fund(row) for row in rows)


def _fund(row: Fund) -> FundView:
    backings = _in_force(Backing.objects.filter(fund_id=row.pk).select_related("by"))
    names = accounts.organisations_by_ids(ids={one.cooperative_id for one in backings})
    owed = _owed_of_fund(row.pk)
    party = f"fund:{row.pk}"
    return FundView(
        id=row.pk,
        county_id=row.county_id,
        name=row.name,
        name_en=row.name_en,
        balance_fen=ledger.balance(party=party, purpose="fund").balance_fen,
        claims_fen=ledger.balance(party=party, purpose="claims").balance_fen,
        promised_fen=promised_fen(fund_id=row.pk),
        backings=tuple(
            BackingView(
                fund_id=row.pk,
                cooperative_id=one.cooperative_id,
                cooperative=names[one.cooperative_id].name,
                cooperative_en=names[one.cooperative_id].name_en,
                limit_fen=one.limit_fen,
                owed_fen=owed.get(one.cooperative_id, 0),
                by=one.by.display_name,
                at=one.at,
            )
            for one in backings
            if one.limit_fen or owed.get(one.cooperative_id, 0)
        ),
    )
