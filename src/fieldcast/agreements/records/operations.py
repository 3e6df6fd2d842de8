"""Writes of what is recorded under an agreement: rows are only ever added.

A lot's acceptance and an agreement's holders are each written under a row lock of what they are about, so that two at
once do not pass the limit together.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed, require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.models import Agreement
from fieldcast.agreements.records import queries
from fieldcast.agreements.records.models import (
    Acceptance,
    ForceMajeure,
    GradeWeight,
    Holding,
    Salvage,
    ServiceAct,
    ServiceConfirmation,
)
from fieldcast.agreements.records.months import settled_from
from fieldcast.agreements.records.problems import (
    BadFigure,
    InsideTheMonth,
    MonthClosed,
    NotItsGoods,
    ServedConfirms,
    ServesThemselves,
    TooManyUnits,
)
from fieldcast.agreements.records.types import Asset, ServiceView
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound
from fieldcast.kit.months import day_of, month_of, next_month
from fieldcast.kit.said import must_say, said

MOST_POINTS = 1000
MOST_SHARES = 1_000_000
MOST_WEIGHT = 1000
MOST_FEN = 10**10


@transaction.atomic
def accept(*, by: SignedIn, agreement_id: int, lot_id: int, units: int, now: datetime, why: str = "") -> None:
    """Write down what the cooperative accepted of a lot; less than zero takes some back and says why.

    Raises `NotFound` for strangers, `NotItsGoods`, `TooManyUnits`, and `SaysNothing` where some is taken back silently.
    """
    version = _locked(agreement_id)
    require(by, "agreements.revise", version)
    lot = catalog.lot(lot_id=lot_id)
    if lot.cooperative_id != version.cooperative_id:
        raise NotItsGoods(lot=lot.code)
    already = queries.accepted_units(lot_id=lot_id)
    if units == 0 or not 0 <= already + units <= lot.quantity:
        raise TooManyUnits(least=-already, most=lot.quantity - already, lot=lot.code)
    plain = must_say(why, field="why")[:200] if units < 0 else said(why)[:200]
    Acceptance.objects.create(
        agreement_id=agreement_id, lot_id=lot_id, units=units, day=day_of(now), why=plain, by_id=by.pk, at=now
    )


@transaction.atomic
def record_service(
    *,
    by: SignedIn,
    agreement_id: int,
    server_id: int,
    served_id: int,
    what: str,
    points: int,
    now: datetime,
) -> ServiceView:
    """Write down a service of an organisation that `by` works for. It counts once it is confirmed.

    Raises `NotFound` for strangers, `ServesThemselves`, `BadFigure`, `SaysNothing`.
    """
    version = _locked(agreement_id)
    server = accounts.organisation(organisation_id=server_id)
    require(by, "accounts.manage_organisation", server)
    served = accounts.organisation(organisation_id=served_id)
    if served.county_id != version.county_id or server.county_id != version.county_id:
        raise NotFound("organisation")
    if server_id == served_id:
        raise ServesThemselves
    if not 1 <= points <= MOST_POINTS:
        raise BadFigure(least=1, most=MOST_POINTS)
    row = ServiceAct.objects.create(
        agreement_id=agreement_id,
        server_id=server_id,
        served_id=served_id,
        what=must_say(what, field="what")[:200],
        points=points,
        day=day_of(now),
        by_id=by.pk,
        at=now,
    )
    return queries.service_view(ServiceAct.objects.select_related("server", "served").get(pk=row.pk))


def confirm_service(*, by: SignedIn, act_id: int, now: datetime) -> None:
    """The one who was served says that it was so; saying it twice changes nothing.

    Raises `NotFound` for strangers, and `ServedConfirms` for whoever wrote it down, also where they are one person.
    """
    act = ServiceAct.objects.select_related("served", "server").filter(id=act_id).first()
    if act is None:
        raise NotFound("service")
    served = accounts.organisation(organisation_id=act.served_id)
    if not allowed(by, "accounts.manage_organisation", served):
        if allowed(by, "accounts.manage_organisation", accounts.organisation(organisation_id=act.server_id)):
            raise ServedConfirms
        raise NotFound("service")
    if by.pk == act.by_id:
        raise ServedConfirms
    try:
        with transaction.atomic():
            ServiceConfirmation.objects.create(act=act, by_id=by.pk, at=now)
    except IntegrityError:
        return


@transaction.atomic
def set_holding(
    *,
    by: SignedIn,
    agreement_id: int,
    holder_id: int,
    asset: Asset,
    shares: int,
    now: datetime,
    since: date | None = None,
) -> None:
    """What a holder has from the next month on; from this month, while nobody holds anything yet.

    Raises `NotFound` for strangers, `BadFigure`, and `InsideTheMonth` for a change inside a month that has begun.
    """
    version = _locked(agreement_id)
    require(by, "agreements.revise", version)
    holder = accounts.organisation(organisation_id=holder_id)
    if holder.county_id != version.county_id:
        raise NotFound("organisation")
    if not 0 <= shares <= MOST_SHARES:
        raise BadFigure(least=0, most=MOST_SHARES)
    begun = Holding.objects.filter(agreement_id=agreement_id, since__lt=month_of(now)).exists()
    first = month_of(now) if not begun and _none_confirmed(agreement_id, now) else next_month(month_of(now))
    _check_since(since or first, first)
    Holding.objects.create(
        agreement_id=agreement_id,
        holder_id=holder_id,
        asset=asset.value,
        shares=shares,
        since=since or first,
        by_id=by.pk,
        at=now,
    )


@transaction.atomic
def set_grade_weight(
    *, by: SignedIn, agreement_id: int, grade: str, weight: int, now: datetime, since: date | None = None
) -> None:
    """What a unit of a grade counts from the next month on. Raises as `set_holding` does."""
    version = _locked(agreement_id)
    require(by, "agreements.revise", version)
    if not 0 <= weight <= MOST_WEIGHT:
        raise BadFigure(least=0, most=MOST_WEIGHT)
    accepted = Acceptance.objects.filter(agreement_id=agreement_id).exists()
    first = next_month(month_of(now)) if accepted else month_of(now)
    _check_since(since or first, first)
    GradeWeight.objects.create(
        agreement_id=agreement_id,
        grade=must_say(grade, field="grade")[:20],
        weight=weight,
        since=since or first,
        by_id=by.pk,
        at=now,
    )


def accept_force_majeure(*, by: SignedIn, agreement_id: int, month: date, why: str, now: datetime) -> None:
    """The county accepts force majeure for a month; saying it twice changes nothing.

    Raises `NotFound` for strangers, and `MonthClosed` once the month's sheets are settled.
    """
    version = agreements.versions_of(agreement_id=agreement_id)[0]
    require(by, "agreements.keep_cover", accounts.county(county_id=version.county_id))
    if now >= settled_from(month.replace(day=1)):
        raise MonthClosed
    ForceMajeure.objects.get_or_create(
        agreement_id=agreement_id,
        month=month.replace(day=1),
        defaults={"why": must_say(why, field="why")[:200], "by_id": by.pk, "at": now},
    )


def record_salvage(*, by: SignedIn, agreement_id: int, amount_fen: int, what: str, now: datetime) -> None:
    """What unsold goods still brought. Raises `NotFound` for strangers, `BadFigure`, `SaysNothing`."""
    version = agreements.versions_of(agreement_id=agreement_id)[0]
    require(by, "agreements.revise", version)
    if not 1 <= amount_fen <= MOST_FEN:
        raise BadFigure(least=1, most=MOST_FEN)
    Salvage.objects.create(
        agreement_id=agreement_id,
        amount_fen=amount_fen,
        day=day_of(now),
        what=must_say(what, field="what")[:200],
        by_id=by.pk,
        at=now,
    )


def _locked(agreement_id: int) -> VersionView:
    """The latest version, with its agreement locked. Raises `NotFound`."""
    if not Agreement.objects.select_for_update(no_key=True).filter(id=agreement_id).exists():
        raise NotFound("agreement")
    return agreements.versions_of(agreement_id=agreement_id)[0]


def _none_confirmed(agreement_id: int, now: datetime) -> bool:
    """Is this the month in which the shares are first written down?"""
    earlier = Holding.objects.filter(agreement_id=agreement_id).order_by("id").first()
    return earlier is None or month_of(earlier.at) == month_of(now)


def _check_since(since: date, first: date) -> None:
    if since < first or since.day != 1:
        raise InsideTheMonth(day=first.isoformat())
