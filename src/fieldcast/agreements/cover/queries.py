"""Reads of the cover. Balances are the ledger's; what is owed to each fund is read from what was drawn."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Sum

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.cover.models import Backing, Draw, Fund, MoneyReceived
from fieldcast.agreements.cover.types import (
    BackingView,
    Cover,
    FundView,
    MoneyKind,
    MoneyView,
    OpenDraw,
    Room,
)
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page, paginate
from fieldcast.kit.said import said
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Balance


def cover_of(*, cooperative_id: int) -> Cover:
    """What stands behind a cooperative now."""
    return covers_of(cooperative_ids=[cooperative_id])[cooperative_id]


def covers_of(*, cooperative_ids: Iterable[int]) -> dict[int, Cover]:
    """What stands behind each of several cooperatives now, in three statements however many they are."""
    wanted = list(dict.fromkeys(cooperative_ids))
    backings = _in_force(Backing.objects.filter(cooperative_id__in=wanted).select_related("fund"))
    owed = debts_to_funds(cooperative_ids=wanted)
    money = ledger.balances_of(
        parties=[*(f"org:{one}" for one in wanted), *(f"fund:{row.fund_id}" for row in backings)],
        purposes=("deposit", "advance", "fund"),
    )
    return {
        one: Cover(
            cooperative_id=one,
            deposit_fen=money[f"org:{one}", "deposit"].available_fen,
            rooms=tuple(
                _room(row, owed[one].get(row.fund_id, 0), money[f"fund:{row.fund_id}", "fund"].available_fen)
                for row in backings
                if row.cooperative_id == one
            ),
            owed_fen=max(0, -money[f"org:{one}", "advance"].balance_fen),
        )
        for one in wanted
    }


def owed_to_funds(*, cooperative_id: int) -> dict[int, int]:
    """What a cooperative owes to each fund, by fund."""
    return debts_to_funds(cooperative_ids=[cooperative_id])[cooperative_id]


def debts_to_funds(*, cooperative_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """What each of several cooperatives owes to each fund, by cooperative and fund, in one statement."""
    found: dict[int, dict[int, int]] = {one: {} for one in cooperative_ids}
    rows = Draw.objects.filter(cooperative_id__in=list(found), fund__isnull=False)
    sums = rows.values_list("cooperative_id", "fund_id").annotate(fen=Sum("amount_fen")).order_by()
    for cooperative_id, fund_id, fen in sums:
        if fen and fund_id is not None:
            found[cooperative_id][fund_id] = fen
    return found


def open_draws(*, fund_ids: Iterable[int]) -> tuple[OpenDraw, ...]:
    """What funds put in for cooperatives and have not got back, the oldest first; the oldest is paid back first."""
    rows = Draw.objects.filter(fund_id__in=list(fund_ids)).order_by("id")
    back: dict[tuple[int, int], int] = {}
    drawn = list[Draw]()
    for row in rows:
        if row.amount_fen > 0:
            drawn.append(row)
        else:
            key = (row.fund_id or 0, row.cooperative_id)
            back[key] = back.get(key, 0) - row.amount_fen
    found = []
    for row in drawn:
        key = (row.fund_id or 0, row.cooperative_id)
        paid_fen = min(back.get(key, 0), row.amount_fen)
        back[key] = back.get(key, 0) - paid_fen
        if paid_fen < row.amount_fen:
            found.append(
                OpenDraw(
                    fund_id=key[0],
                    cooperative_id=row.cooperative_id,
                    amount_fen=row.amount_fen,
                    left_fen=row.amount_fen - paid_fen,
                    reference=row.transfer_client_id.split(":")[1],
                    at=row.at,
                )
            )
    return tuple(found)


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
    rows = MoneyReceived.objects.filter(county_id=county_id).select_related(
        "cooperative", "fund", "organisation", "by"
    )
    return paginate(rows.order_by("-id"), lambda found: [money_view(row) for row in found], page, per_page)


def money_of(*, cooperative_id: int, limit: int = 20) -> tuple[MoneyView, ...]:
    """What came into a cooperative's deposit or went back, the newest first."""
    rows = MoneyReceived.objects.filter(cooperative_id=cooperative_id)
    found = rows.select_related("cooperative", "fund", "organisation", "by").order_by("-id")[:limit]
    return tuple(money_view(row) for row in found)


def money_view(row: MoneyReceived, *, repeated: bool = False) -> MoneyView:
    """A row as other rooms see it."""
    of = row.cooperative or row.fund or row.organisation
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


def slip_in_county(*, county_id: int, slip: str) -> bool:
    """Was this slip written down in the county already, whatever for?"""
    return MoneyReceived.objects.filter(county_id=county_id, slip=said(slip).upper()).exists()


def promised_fen(*, fund_id: int, but_cooperative_id: int | None = None) -> int:
    """What a fund has promised and not yet given, to all cooperatives or to all but one."""
    rows = _in_force(Backing.objects.filter(fund_id=fund_id))
    owed = _owed_to([fund_id])
    return _promised([row for row in rows if row.cooperative_id != but_cooperative_id], owed)


def _promised(backings: "Iterable[Backing]", owed: Mapping[tuple[int, int], int]) -> int:
    return sum(max(0, row.limit_fen - owed.get((row.fund_id, row.cooperative_id), 0)) for row in backings)


def _room(row: Backing, owed_fen: int, cash_fen: int) -> Room:
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


def _owed_to(fund_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """What is owed, by fund and cooperative."""
    rows = Draw.objects.filter(fund_id__in=list(fund_ids)).values_list("fund_id", "cooperative_id")
    sums = rows.annotate(fen=Sum("amount_fen")).order_by()
    return {(fund_id, one): fen for fund_id, one, fen in sums if fund_id is not None}


def _funds(rows: "Iterable[Fund]") -> tuple[FundView, ...]:
    """Funds with their money and whom they stand behind, in four statements however many they are."""
    shown = list(rows)
    ids = [row.pk for row in shown]
    stand = Backing.objects.filter(fund_id__in=ids).select_related("by")
    # encrypted: opening them would be work for nothing
    backings = _in_force(stand.defer("by__phone", "by__name"))
    names = accounts.organisations_by_ids(ids={one.cooperative_id for one in backings})
    owed = _owed_to(ids)
    money = ledger.balances_of(parties=[f"fund:{one}" for one in ids], purposes=("fund", "claims"))
    return tuple(
        _fund(row, [one for one in backings if one.fund_id == row.pk], names, owed, money) for row in shown
    )


def _fund(
    row: Fund,
    backings: "Sequence[Backing]",
    names: Mapping[int, OrganisationRef],
    owed: Mapping[tuple[int, int], int],
    money: Mapping[tuple[str, str], Balance],
) -> FundView:
    party = f"fund:{row.pk}"
    return FundView(
        id=row.pk,
        county_id=row.county_id,
        name=row.name,
        name_en=row.name_en,
        balance_fen=money[party, "fund"].balance_fen,
        claims_fen=money[party, "claims"].balance_fen,
        promised_fen=_promised(backings, owed),
        backings=tuple(
            BackingView(
                fund_id=row.pk,
                cooperative_id=one.cooperative_id,
                cooperative=names[one.cooperative_id].name,
                cooperative_en=names[one.cooperative_id].name_en,
                limit_fen=one.limit_fen,
                owed_fen=owed.get((row.pk, one.cooperative_id), 0),
                by=one.by.display_name,
                at=one.at,
            )
            for one in backings
            if one.limit_fen or owed.get((row.pk, one.cooperative_id), 0)
        ),
    )
