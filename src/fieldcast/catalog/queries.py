"""Reads of the catalogue."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from fieldcast.accounts import queries as accounts
from fieldcast.catalog.bearing import STAYS, fullest, plantings, season_of, time_of
from fieldcast.catalog.models import Farm, Lot, LotFile, Plot, PlotCrop, Product
from fieldcast.catalog.types import (
    Category,
    CropView,
    Harvest,
    LotFileView,
    LotState,
    LotView,
    PlotUse,
    PlotView,
    ProductView,
    Unit,
    YieldCheck,
)
from fieldcast.files import queries as files
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page, paginate

WITH = ("product", "plot__farm__village", "plot__farm__household")
A_YEAR: Final = timedelta(days=366)


def products(*, county_id: int) -> tuple[ProductView, ...]:
    """All products of a county by category and code."""
    return tuple(
        product_view(row) for row in Product.objects.filter(county_id=county_id).order_by("category", "code")
    )


def product(*, product_id: int) -> ProductView:
    """One product. Raises `NotFound`."""
    row = Product.objects.filter(id=product_id).first()
    if row is None:
        raise NotFound("product")
    return product_view(row)


def in_season(*, county_id: int, month: int) -> tuple[ProductView, ...]:
    """Products harvested in `month` (1–12); a season may run over the new year."""
    return tuple(found for found in products(county_id=county_id) if _in_season(found, month))


def codes_of_goods(*, county_id: int) -> frozenset[str]:
    """Codes of the products of which the county has a lot that may be sold."""
    rows = Lot.objects.filter(county_id=county_id, state=LotState.OPEN.value)
    return frozenset(rows.values_list("product__code", flat=True).distinct())


def _in_season(found: ProductView, month: int) -> bool:
    if found.season_from <= found.season_to:
        return found.season_from <= month <= found.season_to
    return month >= found.season_from or month <= found.season_to


def plots_of_cooperative(*, cooperative_id: int) -> tuple[PlotView, ...]:
    """Plots of a cooperative's member farms."""
    rows = Plot.objects.select_related("farm__village", "farm__household").filter(
        farm__cooperative_id=cooperative_id
    )
    return tuple(plot_view(row) for row in rows.order_by("farm__name", "name"))


def plots_of_household(*, household_id: int) -> tuple[PlotView, ...]:
    """A household's plots."""
    rows = Plot.objects.select_related("farm__village", "farm__household").filter(
        farm__household_id=household_id
    )
    return tuple(plot_view(row) for row in rows.order_by("name"))


def has_farm(*, household_id: int, without_cooperative: bool = False) -> bool:
    """Has a household a farm; one that belongs to no cooperative, where that is asked?"""
    rows = Farm.objects.filter(household_id=household_id)
    return (rows.filter(cooperative__isnull=True) if without_cooperative else rows).exists()


def plots(*, cooperative_id: int, search: str = "", page: int = 1, per_page: int = 20) -> Page[PlotView]:
    """Plots of a cooperative's member farms by village, farm and name; `search` looks in all three."""
    rows = Plot.objects.select_related("farm__village", "farm__household").filter(
        farm__cooperative_id=cooperative_id
    )
    if words := search.strip():
        rows = rows.filter(
            Q(name__icontains=words)
            | Q(farm__name__icontains=words)
            | Q(farm__village__name__icontains=words)
            | Q(farm__village__name_en__icontains=words)
        )
    ordered = rows.order_by("farm__village__name", "farm__name", "name", "id")
    return paginate(ordered, lambda found: [plot_view(row) for row in found], page, per_page)


def plot(*, plot_id: int) -> PlotView:
    """One plot. Raises `NotFound`."""
    row = Plot.objects.select_related("farm__village", "farm__household").filter(id=plot_id).first()
    if row is None:
        raise NotFound("plot")
    return plot_view(row)


def lot(*, lot_id: int) -> LotView:
    """One lot. Raises `NotFound`."""
    return _one(Lot.objects.filter(id=lot_id))


def lot_by_code(*, county_id: int, code: str) -> LotView:
    """One lot by the code printed on its boxes. Raises `NotFound`."""
    return _one(Lot.objects.filter(county_id=county_id, code=code))


def lots_by_ids(*, ids: Iterable[int]) -> dict[int, LotView]:
    """Lots by id."""
    rows = Lot.objects.select_related(*WITH).filter(id__in=set(ids))
    return {row.pk: lot_view(row) for row in rows}


def lots(
    *,
    county_id: int,
    cooperative_id: int | None = None,
    household_id: int | None = None,
    category: Category | None = None,
    state: LotState | None = None,
    search: str = "",
    page: int = 1,
    per_page: int = 24,
) -> Page[LotView]:
    """Lots, newest harvest first, filtered; `search` looks in code, product and village names."""
    rows = Lot.objects.select_related(*WITH).filter(county_id=county_id)
    exact: dict[str, Any] = {
        "cooperative_id": cooperative_id,
        "plot__farm__household_id": household_id,
        "product__category": category.value if category else None,
        "state": state.value if state else None,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if words := search.strip():
        rows = rows.filter(
            Q(code__icontains=words)
            | Q(product__name__icontains=words)
            | Q(product__name_en__icontains=words)
            | Q(plot__farm__village__name__icontains=words)
        )
    return paginate(rows.order_by("-harvested_on", "-id"), lot_views, page, per_page)


def yield_check(*, plot_id: int, product_id: int, harvested_on: date, wanted: int) -> YieldCheck:
    """How much of the plot is used in the product's season, and what `wanted` more units would need.

    A season is the calendar year of the harvest; a product whose season runs over the new year counts from the month
    the season starts. The ceiling is area × yield ceiling per mu, rounded down; what else grows there at that time
    takes its share of the area (`catalog.bearing`).
    """
    where = plot(plot_id=plot_id)
    what = product(product_id=product_id)
    crops = {crop.product.id: crop.perennial for crop in crops_of_plots(plot_ids={plot_id})[plot_id]}
    season, _following = season_of(what, harvested_on)
    stays = crops.get(product_id, what.category in STAYS)
    first, until = time_of(what, harvested_on, perennial=stays)
    found = plantings(_picked({plot_id}, first, until)[plot_id], perennial=crops)
    own = [one for one in found if (one.share.product.id, one.season) == (product_id, season)]
    return YieldCheck(
        area_mu=where.area_mu,
        ceiling_per_mu=what.yield_ceiling_per_mu,
        ceiling=int(where.area_mu * what.yield_ceiling_per_mu),
        already=sum(one.share.quantity for one in own),
        wanted=wanted,
        product=what,
        others=fullest((one for one in found if one not in own), first=first, until=until),
    )


def uses_of_plots(*, plots: Iterable[PlotView], year: int) -> dict[int, PlotUse]:
    """Plots at the time of a year at which most of each is taken, by plot, in two statements."""
    wanted = {plot.id: plot for plot in plots}
    first, until = date(year, 1, 1), date(year + 1, 1, 1)
    crops, picked = crops_of_plots(plot_ids=wanted), _picked(wanted, first, until)
    return {
        plot_id: PlotUse(
            area_mu=plot.area_mu,
            shares=fullest(
                plantings(
                    picked[plot_id], perennial={one.product.id: one.perennial for one in crops[plot_id]}
                ),
                first=first,
                until=until,
            ),
        )
        for plot_id, plot in wanted.items()
    }


def crops_of_plots(*, plot_ids: Iterable[int]) -> dict[int, tuple[CropView, ...]]:
    """What each plot is declared to grow, by plot, in the order of their declaration; in two statements."""
    found: dict[int, tuple[CropView, ...]] = dict.fromkeys(plot_ids, ())
    rows = list(
        PlotCrop.objects.select_related("product")
        .filter(plot_id__in=found, ended_at__isnull=True)
        .order_by("id")
    )
    names = accounts.display_names(person_ids={row.declared_by_id for row in rows if row.declared_by_id})
    for row in rows:
        crop = CropView(
            plot_id=row.plot_id,
            product=product_view(row.product),
            perennial=row.perennial,
            declared_by=names.get(row.declared_by_id or 0, ""),
            declared_at=row.declared_at,
        )
        found[row.plot_id] = (*found[row.plot_id], crop)
    return found


def _picked(
    plot_ids: Iterable[int], first: date, until: date
) -> dict[int, list[tuple[ProductView, date, int]]]:
    """What was picked from plots, by plot, in seasons that may lie in [first, until): a season is a year at most."""
    found: dict[int, list[tuple[ProductView, date, int]]] = {plot_id: [] for plot_id in plot_ids}
    rows = Lot.objects.select_related("product").filter(
        plot_id__in=found,
        origin__isnull=True,
        harvested_on__gte=first - A_YEAR,
        harvested_on__lt=until + A_YEAR,
    )
    for row in rows.order_by("id"):
        found[row.plot_id].append((product_view(row.product), row.harvested_on, row.quantity))
    return found


def lot_ids(*, county_id: int, household_id: int | None = None) -> frozenset[int]:
    """All lots of a county, or those that one household grew."""
    rows = Lot.objects.filter(county_id=county_id)
    if household_id is not None:
        rows = rows.filter(plot__farm__household_id=household_id)
    return frozenset(rows.values_list("id", flat=True))


def count_lots(*, county_id: int) -> int:
    """How many lots a county has registered."""
    return Lot.objects.filter(county_id=county_id).count()


def harvests(*, county_id: int) -> tuple[Harvest, ...]:
    """What a county has registered by category and unit, in one statement; what was sorted out is not picked again."""
    picked = Lot.objects.filter(county_id=county_id, origin__isnull=True)
    rows = picked.values_list("product__category", "product__unit")
    grouped = rows.annotate(lots=Count("id"), quantity=Sum("quantity"))
    return tuple(Harvest(*row) for row in grouped.order_by("product__category", "product__unit"))


def same_origin(*, lot: LotView) -> tuple[int, ...]:
    """The ids of all lots that were picked as one: the picked one and what was sorted out of it."""
    rows = Lot.objects.filter(Q(id=lot.picked_as) | Q(origin_id=lot.picked_as))
    return tuple(rows.order_by("id").values_list("id", flat=True))


def quantities(*, lot_ids: Iterable[int]) -> dict[int, int]:
    """What each lot had when it was registered."""
    return dict(Lot.objects.filter(id__in=set(lot_ids)).values_list("id", "quantity"))


def counties_of_lots(*, lot_ids: Iterable[int]) -> dict[int, int]:
    """The county of each lot."""
    return dict(Lot.objects.filter(id__in=set(lot_ids)).values_list("id", "county_id"))


def farmers_of_lots(*, lot_ids: Iterable[int]) -> dict[int, int]:
    """The household (organisation id) that grew each lot."""
    rows = Lot.objects.filter(id__in=set(lot_ids)).values_list("id", "plot__farm__household_id")
    return dict(rows)


def goods_of_lots(*, lot_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The product code and the grade of each lot."""
    rows = Lot.objects.filter(id__in=set(lot_ids)).values_list("id", "product__code", "grade")
    return {lot_id: (code, grade) for lot_id, code, grade in rows}


def product_codes_of_lots(*, lot_ids: Iterable[int]) -> dict[int, str]:
    """The product code of each lot."""
    return dict(Lot.objects.filter(id__in=set(lot_ids)).values_list("id", "product__code"))


def files_of_lot(*, lot_id: int) -> tuple[LotFileView, ...]:
    """A lot's photos and papers, the newest first, those that were withdrawn too."""
    return _lot_files(LotFile.objects.filter(lot_id=lot_id))


def public_photos(*, lot_id: int) -> tuple[LotFileView, ...]:
    """What everyone may see of a lot, the newest first."""
    found = _lot_files(LotFile.objects.filter(lot_id=lot_id, public=True, withdrawn_at__isnull=True))
    return tuple(one for one in found if one.file.ended_at is None)


def lot_file(*, lot_id: int, lot_file_id: int) -> LotFileView:
    """One photo or paper of a lot, withdrawn or not. Raises `NotFound`."""
    found = _lot_files(LotFile.objects.filter(lot_id=lot_id, id=lot_file_id))
    if not found:
        raise NotFound("file")
    return found[0]


def product_view(row: Product) -> ProductView:
    """A product as other rooms see it."""
    return ProductView(
        id=row.pk,
        code=row.code,
        category=Category(row.category),
        name=row.name,
        name_en=row.name_en,
        unit=Unit(row.unit),
        yield_ceiling_per_mu=row.yield_ceiling_per_mu,
        picture=row.picture,
        season_from=row.season_from,
        season_to=row.season_to,
    )


def plot_view(row: Plot) -> PlotView:
    """A plot as other rooms see it."""
    return PlotView(
        id=row.pk,
        name=row.name,
        area_mu=row.area_mu,
        farm_id=row.farm_id,
        farm_name=row.farm.name,
        household_id=row.farm.household_id,
        cooperative_id=row.farm.cooperative_id,
        village=row.farm.village.name,
        village_en=row.farm.village.name_en,
        farm_name_en=f"{owner}'s farm" if (owner := row.farm.household.name_en) else "",
    )


def lot_view(row: Lot) -> LotView:
    """A lot as other rooms see it."""
    return LotView(
        id=row.pk,
        county_id=row.county_id,
        code=row.code,
        product=product_view(row.product),
        plot=plot_view(row.plot),
        cooperative_id=row.cooperative_id,
        grade=row.grade,
        harvested_on=row.harvested_on,
        quantity=row.quantity,
        note=row.note,
        state=LotState(row.state),
        origin_id=row.origin_id,
    )


def lot_views(rows: Sequence[Lot]) -> list[LotView]:
    """Lots of one page."""
    return [lot_view(row) for row in rows]


def _one(rows: "QuerySet[Lot]") -> LotView:
    row = rows.select_related(*WITH).first()
    if row is None:
        raise NotFound("lot")
    return lot_view(row)


def _lot_files(rows: "QuerySet[LotFile]") -> tuple[LotFileView, ...]:
    found = list(rows.select_related("lot").order_by("-id"))
    kept = files.files_by_ids(ids={row.file_id for row in found}) if found else {}
    people = {person for row in found for person in (row.added_by_id, row.withdrawn_by_id) if person}
    names = accounts.display_names(person_ids=people) if found else {}
    return tuple(
        LotFileView(
            id=row.pk,
            lot_id=row.lot_id,
            cooperative_id=row.lot.cooperative_id,
            file=kept[row.file_id],
            public=row.public,
            added_by=names[row.added_by_id],
            added_at=row.added_at,
            withdrawn_by=names.get(row.withdrawn_by_id or 0, ""),
            withdrawn_at=row.withdrawn_at,
        )
        for row in found
    )
