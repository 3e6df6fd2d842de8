"""Writes of the catalogue."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, Final

from django.db import IntegrityError, transaction

from fieldcast.accounts.access import require, require_now
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import queries
from fieldcast.catalog.bearing import STAYS
from fieldcast.catalog.models import Farm, Lot, LotFile, Plot, PlotCrop, Product
from fieldcast.catalog.problems import (
    BadLotCode,
    BadQuantity,
    CropDeclared,
    CropNotDeclared,
    FutureHarvest,
    HarvestTooOld,
    LotCodeTaken,
    NotAMemberPlot,
    PapersStayInside,
    SamePicture,
    TooManyFiles,
    YieldExceeded,
)
from fieldcast.catalog.types import (
    KEEPS_DAYS,
    Category,
    CropView,
    LotFileView,
    LotState,
    LotView,
    PlotShare,
    Unit,
    percent_of,
)
from fieldcast.files import operations as files_operations
from fieldcast.files.drawing import Drawn
from fieldcast.files.types import FileKind, Retention
from fieldcast.kit import sql
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import broken, must_say, said

LOT_CODE_LENGTH = 24
_HOLD_STATES: Final = "SELECT id, state FROM catalog_lot WHERE id = ANY (%s) ORDER BY id FOR SHARE"
MOST_FILES = 40  # of a lot, without those that were withdrawn


def add_product(
    *,
    county_id: int,
    code: str,
    category: Category,
    name: str,
    unit: Unit,
    yield_ceiling_per_mu: int,
    name_en: str = "",
    picture: str = "",
    season_from: int = 1,
    season_to: int = 12,
) -> int:
    """Add a product; returns its id. The ceiling is in lot units per mu and season."""
    return Product.objects.create(
        county_id=county_id,
        code=code,
        category=category.value,
        name=must_say(name, field="name"),
        name_en=said(name_en),
        unit=unit.value,
        yield_ceiling_per_mu=yield_ceiling_per_mu,
        picture=picture,
        season_from=season_from,
        season_to=season_to,
    ).pk


def add_farm(
    *, county_id: int, household_id: int, village_id: int, name: str, cooperative_id: int | None = None
) -> int:
    """Add a household's farm; returns its id."""
    return Farm.objects.create(
        county_id=county_id,
        household_id=household_id,
        village_id=village_id,
        name=must_say(name, field="name"),
        cooperative_id=cooperative_id,
    ).pk


def join_cooperative(*, household_id: int, cooperative_id: int) -> int:
    """Farms of a household that belong to no cooperative become members of this one; returns how many there were."""
    rows = Farm.objects.filter(household_id=household_id, cooperative__isnull=True)
    return rows.update(cooperative_id=cooperative_id)


def add_plot(*, farm_id: int, name: str, area_mu: Decimal) -> int:
    """Add a plot of `area_mu` mu; returns its id."""
    return Plot.objects.create(farm_id=farm_id, name=must_say(name, field="name"), area_mu=area_mu).pk


def declare_crop(
    *, by: SignedIn | None, plot_id: int, product_id: int, now: datetime, perennial: bool | None = None
) -> CropView:
    """Declare that a plot grows a product: for years (`perennial`) or by season; None is what is usual for its kind.

    For those who answer for the cooperative of its farm; `by` None is the platform itself. Raises `NotFound` for
    strangers and products of other counties, and `CropDeclared`.
    """
    found = queries.plot(plot_id=plot_id)
    if by is not None:
        require(by, "catalog.manage_plot", found)
    county_id = Farm.objects.get(id=found.farm_id).county_id
    what = Product.objects.filter(id=product_id, county_id=county_id).first()
    if what is None:
        raise NotFound("product")
    stays = Category(what.category) in STAYS if perennial is None else perennial
    try:
        with transaction.atomic():
            PlotCrop.objects.create(
                plot_id=plot_id,
                product_id=product_id,
                perennial=stays,
                declared_by_id=by.pk if by else None,
                declared_at=now,
            )
    except IntegrityError as error:
        raise CropDeclared from error
    crops = queries.crops_of_plots(plot_ids={plot_id})[plot_id]
    return next(crop for crop in crops if crop.product.id == product_id)


def end_crop(*, by: SignedIn, plot_id: int, product_id: int, now: datetime) -> None:
    """A plot grows a product no longer; what was picked from it stays. Ended already, it changes nothing.

    Raises `NotFound` for strangers.
    """
    require(by, "catalog.manage_plot", queries.plot(plot_id=plot_id))
    rows = PlotCrop.objects.filter(plot_id=plot_id, product_id=product_id, ended_at__isnull=True)
    rows.update(ended_by_id=by.pk, ended_at=now)


def register_lot(
    *,
    by: SignedIn | None,
    plot_id: int,
    product_id: int,
    cooperative_id: int,
    grade: str,
    harvested_on: date,
    quantity: int,
    now: datetime,
    today: date,
    note: str = "",
    code: str = "",
) -> LotView:
    """Register a harvested batch of `quantity` lot units.

    Raises `BadQuantity`, `BadLotCode`, `SaysNothing`, `FutureHarvest`, `HarvestTooOld`, `NotAMemberPlot`,
    `CropNotDeclared`, `YieldExceeded` (with the figures) and `LotCodeTaken`.
    """
    if quantity <= 0:
        raise BadQuantity
    torn = broken(code)
    code = said(code).upper()  # which makes some letters two
    if torn or len(code) > LOT_CODE_LENGTH or not code.isprintable():
        raise BadLotCode(most=LOT_CODE_LENGTH)
    if harvested_on > today:
        raise FutureHarvest(day=harvested_on)
    _check_age(product_id=product_id, harvested_on=harvested_on, today=today)
    # Two lots of one plot registered at once must not each see room for themselves alone.
    farm = Farm.objects.filter(plots__id=plot_id).first()
    if farm is None:
        raise NotFound("plot")
    Plot.objects.select_for_update().get(id=plot_id)
    if farm.cooperative_id != cooperative_id:
        raise NotAMemberPlot
    _check_declared(plot_id=plot_id, product_id=product_id)
    _check_yield(plot_id=plot_id, product_id=product_id, harvested_on=harvested_on, quantity=quantity)
    try:
        with transaction.atomic():
            row = Lot.objects.create(
                county_id=farm.county_id,
                code=code or _next_code(farm, harvested_on),
                product_id=product_id,
                plot_id=plot_id,
                cooperative_id=cooperative_id,
                grade=must_say(grade, field="grade"),
                harvested_on=harvested_on,
                quantity=quantity,
                note=said(note),
                created_by_id=by.pk if by else None,
                created_at=now,
            )
    except IntegrityError as error:
        raise LotCodeTaken(code=code) from error
    return queries.lot(lot_id=row.pk)


def register_part(*, by: SignedIn | None, lot: LotView, grade: str, quantity: int, now: datetime) -> LotView:
    """A lot of what was sorted out of another one: picked with it, of another grade, under its code and a number.

    For trade alone, which takes the units out of the other one's stock in the same transaction.
    """
    row = Lot.objects.create(
        county_id=lot.county_id,
        code=_part_code(lot),
        product_id=lot.product.id,
        plot_id=lot.plot.id,
        cooperative_id=lot.cooperative_id,
        grade=must_say(grade, field="grade"),
        harvested_on=lot.harvested_on,
        quantity=quantity,
        origin_id=lot.picked_as,
        created_by_id=by.pk if by else None,
        created_at=now,
    )
    return queries.lot(lot_id=row.pk)


def draw_lot_file(
    *, by: Any, lot_id: int, kind: FileKind, public: bool, size: int, stream: BinaryIO
) -> Drawn:
    """A photo or paper of a lot as it will be kept, drawn before any transaction: see `files.operations.draw_sent`.

    Raises what that raises, and `PapersStayInside`; `NotFound` for those who do not work for the lot's cooperative.
    """
    lot = queries.lot(lot_id=lot_id)
    require(by, "catalog.keep_lot_files", lot)
    if public and kind != FileKind.PHOTO:
        raise PapersStayInside
    return files_operations.draw_sent(
        by=by, organisation_id=lot.cooperative_id, kind=kind, size=size, stream=stream
    )


def hand_in(
    *, by: Any, lot_id: int, kind: FileKind, public: bool, name: str, drawn: Drawn, now: datetime
) -> LotFileView:
    """Keep what `draw_lot_file` drew with the lot; a `public` photo is shown to everyone.

    Raises `PapersStayInside`, `SamePicture` and `TooManyFiles`; `NotFound` for those who do not, or no longer, work
    for the lot's cooperative.
    """
    lot = lock_lot(lot_id=lot_id)
    require_now(by, "catalog.keep_lot_files", lot)
    if public and kind != FileKind.PHOTO:
        raise PapersStayInside
    there = [one for one in queries.files_of_lot(lot_id=lot_id) if one.withdrawn_at is None]
    if any(one.file.sha256 == drawn.sha256 for one in there):
        raise SamePicture
    if len(there) >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    kept = files_operations.keep_drawn(
        by=by,
        county_id=lot.county_id,
        organisation_id=lot.cooperative_id,
        kind=kind,
        retention=Retention.TRADE,
        name=name,
        drawn=drawn,
        now=now,
    )
    row = LotFile.objects.create(
        lot_id=lot_id, file_id=kept.id, kind=kind.value, public=public, added_by_id=by.pk, added_at=now
    )
    return queries.lot_file(lot_id=lot_id, lot_file_id=row.pk)


def withdraw_file(*, by: Any, lot_id: int, lot_file_id: int, now: datetime) -> LotFileView:
    """Take a photo or paper of a lot back: nobody but its seller sees it any more, and it is kept as long as before.

    Again, it changes nothing. Raises `NotFound` for those who do not work for the lot's cooperative.
    """
    require(by, "catalog.keep_lot_files", queries.lot_file(lot_id=lot_id, lot_file_id=lot_file_id))
    rows = LotFile.objects.filter(id=lot_file_id, withdrawn_at__isnull=True)
    rows.update(withdrawn_by_id=by.pk, withdrawn_at=now)
    return queries.lot_file(lot_id=lot_id, lot_file_id=lot_file_id)


def lock_same_origin(*, lot_id: int) -> tuple[LotView, ...]:
    """All lots that were picked as one with this one, locked in the order of their ids, itself first in the answer.

    The one that was picked is locked before the others are looked for: nobody sorts anything out meanwhile. Raises
    `NotFound`.
    """
    lot = queries.lot(lot_id=lot_id)
    lock_lot(lot_id=lot.picked_as)
    ids = queries.same_origin(lot=lot)
    list(Lot.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id").values_list("id"))
    found = queries.lots_by_ids(ids=ids)
    return (found[lot_id], *(found[one] for one in ids if one != lot_id))


def lock_lot(*, lot_id: int) -> LotView:
    """A lot whose row is locked until the transaction ends, so that its state is changed by one at a time.

    Raises `NotFound`.
    """
    if not Lot.objects.select_for_update(no_key=True).filter(id=lot_id).exists():
        raise NotFound("lot")
    return queries.lot(lot_id=lot_id)


def hold_states(*, lot_ids: Iterable[int]) -> dict[int, LotState]:
    """The states of lots, by id. Nobody changes one of them until the transaction ends; many may hold them at once."""
    rows = sql.rows(_HOLD_STATES, [sorted(set(lot_ids))])
    return {lot_id: LotState(state) for lot_id, state in rows}


def set_lot_state(*, lot_id: int, state: LotState) -> None:
    """Stop a lot (no more sale), open it again, or finish it. Raises `NotFound`.

    For trace alone, which writes down who did it and why, and tells the rooms (`trace.stop_lot`, `trace.resume_lot`).
    """
    if not Lot.objects.filter(id=lot_id).update(state=state.value):
        raise NotFound("lot")


def _check_age(*, product_id: int, harvested_on: date, today: date) -> None:
    product = queries.product(product_id=product_id)
    days = KEEPS_DAYS[product.category]
    if (today - harvested_on).days > days:
        raise HarvestTooOld(day=harvested_on, name=product.name, days=days)


def _check_yield(*, plot_id: int, product_id: int, harvested_on: date, quantity: int) -> None:
    check = queries.yield_check(
        plot_id=plot_id, product_id=product_id, harvested_on=harvested_on, wanted=quantity
    )
    if not check.fits:
        raise YieldExceeded(
            area_mu=check.area_mu,
            ceiling=check.ceiling,
            ceiling_per_mu=check.ceiling_per_mu,
            already=check.already,
            wanted=check.wanted,
            room=check.room,
            unit=check.product.unit.value,
            others=[_told(share, check.use.area_mu) for share in check.others],
            percent=check.use.percent,
        )


def _told(share: PlotShare, area_mu: Decimal) -> dict[str, Any]:
    what = share.product
    return {
        "product": what.code,
        "name": what.name,
        "name_en": what.name_en,
        "quantity": share.quantity,
        "unit": what.unit.value,
        "percent": percent_of(share.mu, area_mu),
    }


def _check_declared(*, plot_id: int, product_id: int) -> None:
    crops = queries.crops_of_plots(plot_ids={plot_id})[plot_id]
    if all(crop.product.id != product_id for crop in crops):
        grows = [{"name": crop.product.name, "name_en": crop.product.name_en} for crop in crops]
        raise CropNotDeclared(plot=queries.plot(plot_id=plot_id).name, crops=grows)


def _part_code(lot: LotView) -> str:
    """Such as `L-261122-014-2`; where that fits on no box, a code like any other lot's."""
    stem = queries.lot(lot_id=lot.picked_as).code
    number = 2
    while Lot.objects.filter(county_id=lot.county_id, code=f"{stem}-{number}").exists():
        number += 1
    code = f"{stem}-{number}"
    if len(code) <= LOT_CODE_LENGTH:
        return code
    return _next_code(Farm.objects.get(id=lot.plot.farm_id), lot.harvested_on)


def _next_code(farm: Farm, day: date) -> str:
    """Such as `L-261122-014`: the day and a count within the county, short enough to write on a box by hand."""
    stem = f"L-{day:%y%m%d}-"
    taken = Lot.objects.filter(county_id=farm.county_id, code__startswith=stem).count()
    while Lot.objects.filter(county_id=farm.county_id, code=f"{stem}{taken + 1:03d}").exists():
        taken += 1
    return f"{stem}{taken + 1:03d}"
