"""Writes of the cover: money against bank slips, funds, limits, and what settlement draws and pays back.

What needs to know what is sold (giving a deposit back, setting a limit) is `trade.operations`' to ask for: it knows
what is pledged and takes the cooperative's lock first.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, SignedIn
from fieldcast.agreements.cover import queries, seals
from fieldcast.agreements.cover.models import Backing, Draw, Fund, MoneyReceived
from fieldcast.agreements.cover.problems import (
    BadSlip,
    BadSum,
    FundTooSmall,
    FundUnnamed,
    NotACooperative,
    SlipUsed,
)
from fieldcast.agreements.cover.types import GOES_BACK, FundView, MoneyKind, MoneyView, Take
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import said
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger import queries as ledger
from fieldcast.ledger.types import Draft, Entry

BANK = "outside:bank"
SLIP = re.compile(r"[A-Z0-9-]{4,40}")
MOST_FEN = 10_000_000_000  # ¥100 million on one slip: more is a slip of the finger


def lock(*, cooperative_id: int, wait: bool = True) -> bool:
    """Take a cooperative's cover until the transaction ends; False when `wait` is False and someone else has it.

    Whoever promises more, draws, pays back or gives back takes it first, so that a yuan is counted once.
    """
    take = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        name = f"fieldcast.cover:{cooperative_id}"
        cursor.execute(f"SELECT {take}(hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0]) if not wait else True


def found_fund(*, by: SignedIn, county_id: int, name: str, now: datetime, name_en: str = "") -> FundView:
    """Found a named fund, which has no money yet. Raises `NotFound` for strangers, and `FundUnnamed`."""
    _require_keeper(by, county_id)
    plain, plain_en = said(name), said(name_en)
    if not 2 <= len(plain) <= 60 or len(plain_en) > 80 or not (plain + plain_en).isprintable():
        raise FundUnnamed
    fund, made = Fund.objects.get_or_create(
        county_id=county_id,
        name=plain,
        defaults={"name_en": plain_en, "created_by_id": by.pk, "created_at": now},
    )
    if not made:
        raise FundUnnamed
    return queries.fund(fund_id=fund.pk)


def receive_deposit(
    *, by: SignedIn, cooperative_id: int, amount_fen: int, slip: str, now: datetime, note: str = ""
) -> MoneyView:
    """Write down money that came from a cooperative as its deposit. The same slip again changes nothing.

    Raises `NotFound` for strangers, `NotACooperative`, `BadSum`, `BadSlip`, and `SlipUsed` for one about other money.
    """
    cooperative = cooperative_of(cooperative_id)
    _require_keeper(by, cooperative.county_id)
    row = MoneyReceived(
        county_id=cooperative.county_id,
        kind=MoneyKind.DEPOSIT.value,
        party=cooperative.party,
        purpose="deposit",
        cooperative_id=cooperative.id,
    )
    return write_down(row, by=by, amount_fen=amount_fen, slip=slip, note=note, now=now)


def receive_for_fund(
    *, by: SignedIn, fund_id: int, amount_fen: int, slip: str, now: datetime, note: str = ""
) -> MoneyView:
    """Write down money that came for a fund. Raises as `receive_deposit` does."""
    fund = Fund.objects.filter(id=fund_id).first()
    if fund is None:
        raise NotFound("fund")
    _require_keeper(by, fund.county_id)
    row = MoneyReceived(
        county_id=fund.county_id,
        kind=MoneyKind.FUND_IN.value,
        party=f"fund:{fund.pk}",
        purpose="fund",
        fund=fund,
    )
    return write_down(row, by=by, amount_fen=amount_fen, slip=slip, note=note, now=now)


def give_deposit_back(
    *, by: SignedIn, cooperative_id: int, amount_fen: int, slip: str, now: datetime, note: str = ""
) -> MoneyView:
    """Write down that a part of a deposit went back to its cooperative, under the cover's lock.

    How much is free is the caller's to check: it knows what is pledged. Raises as `receive_deposit` does, and
    `InsufficientFunds`.
    """
    cooperative = cooperative_of(cooperative_id)
    _require_keeper(by, cooperative.county_id)
    row = MoneyReceived(
        county_id=cooperative.county_id,
        kind=MoneyKind.DEPOSIT_BACK.value,
        party=cooperative.party,
        purpose="deposit",
        cooperative_id=cooperative.id,
    )
    return write_down(row, by=by, amount_fen=amount_fen, slip=slip, note=note, now=now)


def set_backing(
    *, by: SignedIn, fund_id: int, cooperative_id: int, limit_fen: int, now: datetime
) -> FundView:
    """Let a fund stand behind a cooperative with up to `limit_fen`; zero ends it. Under the cover's lock.

    What all limits leave to be drawn never passes the fund's cash. Raises `NotFound` for strangers, `NotACooperative`,
    `BadSum` and `FundTooSmall`.
    """
    if not 0 <= limit_fen <= MOST_FEN:
        raise BadSum(least_fen=0, most_fen=MOST_FEN)
    with transaction.atomic():
        fund = Fund.objects.select_for_update(no_key=True).filter(id=fund_id).first()
        if fund is None:
            raise NotFound("fund")
        _require_keeper(by, fund.county_id)
        if cooperative_of(cooperative_id).county_id != fund.county_id:
            raise NotACooperative
        owed_fen = queries.owed_to_funds(cooperative_id=cooperative_id).get(fund_id, 0)
        others_fen = queries.promised_fen(fund_id=fund_id, but_cooperative_id=cooperative_id)
        cash_fen = ledger.balance(party=f"fund:{fund_id}", purpose="fund").available_fen
        wanted_fen = max(0, limit_fen - owed_fen)
        if wanted_fen > cash_fen - others_fen:
            raise FundTooSmall(free_fen=max(0, cash_fen - others_fen), wanted_fen=wanted_fen)
        row = Backing(fund=fund, cooperative_id=cooperative_id, limit_fen=limit_fen, by_id=by.pk, at=now)
        row.seal = seals.of_backing(row)
        row.save()
    return queries.fund(fund_id=fund_id)


def lock_free_fund(
    *, county_id: int, amount_fen: int, floors: Mapping[int, int] | None = None
) -> tuple[int | None, int]:
    """The first fund of a county that has so much free, locked until the transaction ends; and the most that one gives.

    `floors`: what is to be left in a fund, by fund. Free is what stands behind nobody's promise; all funds of the
    county are locked, in id order, because none may be promised while it is looked at.
    """
    list(Fund.objects.select_for_update(no_key=True).filter(county_id=county_id).order_by("id"))
    kept = floors or {}
    cash = {one.id: one.free_fen - kept.get(one.id, 0) for one in queries.funds(county_id=county_id)}
    chosen = next((fund_id for fund_id, fen in cash.items() if fen >= amount_fen), None)
    return chosen, max((0, *cash.values()))


def draw(*, cooperative_id: int, takes: Sequence[Take], client_id: str, now: datetime) -> Draft:
    """Write down what is taken for a cooperative, and give the transfer that moves it into its wallet.

    What comes from a fund is owed to it from then on: `advance` and `claims` cancel out, so cash stays what is in the
    bank. The caller holds the cover's lock and moves the money in the same transaction.
    """
    party = f"org:{cooperative_id}"
    _lock_funds(takes)
    entries = [Entry(party, "wallet", sum(take.amount_fen for take in takes))]
    for take in takes:
        if take.fund_id is None:
            entries.append(Entry(party, "deposit", -take.amount_fen))
        else:
            entries += _from_fund(party, take.fund_id, take.amount_fen)
    _keep(cooperative_id, takes, sign=1, client_id=client_id, now=now)
    return Draft(client_id=client_id, kind="cover", entries=tuple(entries))


def repay(
    *, cooperative_id: int, takes: Sequence[Take], client_id: str, reference: str, now: datetime
) -> Draft:
    """Write down what a cooperative pays back out of its wallet, and give the transfer that moves it.

    A debt that no fund stands behind (older than the funds) only leaves the advance: its money is in the bank again.
    """
    party = f"org:{cooperative_id}"
    _lock_funds(takes)
    entries = [Entry(party, "wallet", -sum(take.amount_fen for take in takes))]
    for take in takes:
        if take.fund_id is None:
            entries.append(Entry(party, "advance", take.amount_fen))
        else:
            entries += _from_fund(party, take.fund_id, -take.amount_fen)
    _keep(
        cooperative_id,
        [take for take in takes if take.fund_id is not None],
        sign=-1,
        client_id=client_id,
        now=now,
    )
    return Draft(client_id=client_id, kind="repayment", entries=tuple(entries), reference=reference)


def cooperative_of(organisation_id: int) -> OrganisationRef:
    """The cooperative of this id. Raises `NotACooperative`."""
    found = accounts.organisations_by_ids(ids={organisation_id}).get(organisation_id)
    if found is None or found.kind != OrganisationKind.COOPERATIVE:
        raise NotACooperative
    return found


def _require_keeper(by: SignedIn, county_id: int) -> None:
    require(by, "agreements.keep_cover", accounts.county(county_id=county_id))


def write_down(
    row: MoneyReceived, *, by: SignedIn, amount_fen: int, slip: str, note: str, now: datetime
) -> MoneyView:
    """One row and one transfer for a slip, or the row that the slip has already: for whoever answers for the rest.

    Raises `BadSlip`, `BadSum`, `SlipUsed` for one about other money, and `InsufficientFunds`.
    """
    number = said(slip).upper()
    if not SLIP.fullmatch(number):
        raise BadSlip
    if not 1 <= amount_fen <= MOST_FEN:
        raise BadSum(least_fen=1, most_fen=MOST_FEN)
    row.amount_fen, row.slip, row.note = amount_fen, number, said(note)[:200]
    row.by_id, row.at = by.pk, now
    row.transfer_client_id = f"{row.kind}:{row.county_id}:{number}"
    row.seal = seals.of_money(row)
    with transaction.atomic():
        MoneyReceived.objects.bulk_create([row], ignore_conflicts=True)  # the same slip, sent twice at once
        kept = MoneyReceived.objects.select_related("cooperative", "fund", "organisation", "by").get(
            county_id=row.county_id, slip=number
        )
        if (kept.kind, kept.party, kept.amount_fen) != (row.kind, row.party, row.amount_fen):
            raise SlipUsed(slip=number, amount_fen=kept.amount_fen, party=queries.money_view(kept).party_name)
        sign = -1 if row.kind in GOES_BACK else 1
        moved = ledger_operations.transfer(
            client_id=row.transfer_client_id,
            kind=row.kind,
            entries=[
                Entry(BANK, "world", -sign * amount_fen),
                Entry(row.party, row.purpose, sign * amount_fen),
            ],
            county_id=row.county_id,
            reference=number,
            now=now,
        )
    return queries.money_view(kept, repeated=moved.repeated)


def _from_fund(party: str, fund_id: int, amount_fen: int) -> list[Entry]:
    fund = f"fund:{fund_id}"
    return [
        Entry(fund, "fund", -amount_fen),
        Entry(fund, "claims", amount_fen),
        Entry(party, "advance", -amount_fen),
    ]


def _lock_funds(takes: Iterable[Take]) -> None:
    """A limit is not set while what it limits is moving."""
    ids = sorted({take.fund_id for take in takes if take.fund_id is not None})
    list(Fund.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id"))


def _keep(cooperative_id: int, takes: Sequence[Take], *, sign: int, client_id: str, now: datetime) -> None:
    Draw.objects.bulk_create(
        Draw(
            cooperative_id=cooperative_id,
            fund_id=take.fund_id,
            amount_fen=sign * take.amount_fen,
            at=now,
            transfer_client_id=client_id,
        )
        for take in takes
    )
