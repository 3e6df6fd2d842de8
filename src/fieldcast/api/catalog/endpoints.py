"""Products, plots, lots and their histories."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts.loaders import load_organisation
from fieldcast.api.catalog.schemas import (
    CropIn,
    CropOut,
    EventIn,
    HistoryOut,
    LotIn,
    PlotOut,
    ReasonIn,
    WriteOffIn,
)
from fieldcast.api.fields import PageNumber, PathId, Words
from fieldcast.api.once import once
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.api.trade.schemas import StockOut
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.loaders import load_lot, load_lot_to_manage, load_plot_to_manage
from fieldcast.catalog.types import Category, LotState, LotView, ProductView
from fieldcast.trace import facts
from fieldcast.trace import operations as trace_operations
from fieldcast.trace import queries as trace
from fieldcast.trace.facts.graded import Graded
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import GivingBack

router = Router(tags=["catalogue"])


@router.get("/products", response={200: list[ProductView], **RESPONSES}, summary="Products of the county")
def list_products(request: HttpRequest) -> Any:
    """Every product with its unit, season and yield ceiling."""
    return list(catalog.products(county_id=person_of(request).county_id))


@router.get(
    "/cooperatives/{cooperative_id}/plots",
    response={200: list[PlotOut], **RESPONSES},
    summary="Members' plots",
)
def list_plots(request: HttpRequest, cooperative_id: PathId) -> Any:
    """The plots of a cooperative's member farms and what each is declared to grow, for its members."""
    load_organisation(by=person_of(request), organisation_id=cooperative_id)
    found = catalog.plots_of_cooperative(cooperative_id=cooperative_id)
    crops = catalog.crops_of_plots(plot_ids=[plot.id for plot in found])
    return [PlotOut(**asdict(plot), crops=[CropOut.of(crop) for crop in crops[plot.id]]) for plot in found]


@router.post("/plots/{plot_id}/crops", response={201: CropOut, **RESPONSES}, summary="Declare a crop")
@once
def declare_crop(request: HttpRequest, plot_id: PathId, body: CropIn) -> Any:
    """Declare that a plot grows a product; lots of what is not declared there are refused."""
    person = person_of(request)
    load_plot_to_manage(by=person, plot_id=plot_id)
    with transaction.atomic():
        crop = catalog_operations.declare_crop(by=person, plot_id=plot_id, **body.dict(), now=timezone.now())
    return Status(201, CropOut.of(crop))


@router.post(
    "/plots/{plot_id}/crops/{product_id}/end", response={204: None, **RESPONSES}, summary="End a crop"
)
@once
def end_crop(request: HttpRequest, plot_id: PathId, product_id: PathId) -> Any:
    """A plot grows a product no longer; what was picked from it stays."""
    person = person_of(request)
    load_plot_to_manage(by=person, plot_id=plot_id)
    with transaction.atomic():
        catalog_operations.end_crop(by=person, plot_id=plot_id, product_id=product_id, now=timezone.now())
    return Status(204, None)


@router.get("/lots", response={200: PageOut[LotView], **RESPONSES}, summary="Lots")
def list_lots(
    request: HttpRequest,
    cooperative_id: PathId | None = None,
    category: Category | None = None,
    state: LotState | None = None,
    search: Words = "",
    page: PageNumber = 1,
) -> Any:
    """Lots of the county, newest harvest first."""
    found = catalog.lots(
        county_id=person_of(request).county_id,
        cooperative_id=cooperative_id,
        category=category,
        state=state,
        search=search,
        page=page,
    )
    return page_of(found)


@router.post("/lots", response={201: LotView, **RESPONSES}, summary="Register a lot")
@once
def register_lot(request: HttpRequest, body: LotIn) -> Any:
    """Register a harvested batch; one larger than its plot can bear is refused with the figures."""
    person = person_of(request)
    load_organisation(by=person, organisation_id=body.cooperative_id, perm="accounts.manage_organisation")
    with transaction.atomic():
        return Status(
            201,
            trace_operations.register_harvest(
                by=person, **body.dict(), now=timezone.now(), today=timezone.localdate()
            ),
        )


@router.get("/lots/{lot_id}", response={200: LotView, **RESPONSES}, summary="A lot")
def get_lot(request: HttpRequest, lot_id: PathId) -> Any:
    """Where a lot came from."""
    return load_lot(lot_id=lot_id)


@router.get("/lots/{lot_id}/stock", response={200: StockOut, **RESPONSES}, summary="A lot's units")
def get_lot_stock(request: HttpRequest, lot_id: PathId) -> Any:
    """Harvested = on hand + reserved + sold + written off; for the lot's cooperative."""
    load_lot_to_manage(by=person_of(request), lot_id=lot_id)
    return trade.stock(lot_id=lot_id)


@router.get("/lots/{lot_id}/events", response={200: HistoryOut, **RESPONSES}, summary="A lot's history")
def get_lot_history(request: HttpRequest, lot_id: PathId) -> Any:
    """Events in order; `intact` is false when one was changed, removed or swapped."""
    load_lot(lot_id=lot_id)
    found = trace.history(lot_id=lot_id)
    return HistoryOut(
        intact=found.intact, broken_at=found.broken_at, events=[asdict(event) for event in found.events]
    )


@router.post("/lots/{lot_id}/events", response={201: dict[str, int], **RESPONSES}, summary="Record an event")
@once
def record_event(request: HttpRequest, lot_id: PathId, body: EventIn) -> Any:
    """Add an event to a lot's history; a correction is a new event that names the one it corrects.

    What the facts of each kind are, and in which units, is a table of the documentation. Offering, packing, sending,
    receiving, writing off and stopping write their own events. What was sorted out (`graded`) leaves the stock in the
    same step: it is written off, or becomes a lot of the lower grade that `becomes` names.
    """
    person = person_of(request)
    load_lot_to_manage(by=person, lot_id=lot_id)
    fact = facts.from_json(kind=body.kind, facts=body.facts)
    with transaction.atomic():
        if isinstance(fact, Graded) and body.corrects is None:
            done = trade_operations.sort_out(
                by=person, lot_id=lot_id, fact=fact, at=body.at, now=timezone.now()
            )
            return Status(201, {"sequence": done.sequence})
        sequence = trace_operations.record(
            lot_id=lot_id, fact=fact, at=body.at, by=person, now=timezone.now(), corrects=body.corrects
        )
    return Status(201, {"sequence": sequence})


@router.post("/lots/{lot_id}/write-offs", response={201: StockOut, **RESPONSES}, summary="Write units off")
@once
def write_units_off(request: HttpRequest, lot_id: PathId, body: WriteOffIn) -> Any:
    """Units lost before sale: rot, breakage, a failed test."""
    person = person_of(request)
    load_lot_to_manage(by=person, lot_id=lot_id)
    with transaction.atomic():
        trade_operations.write_off(
            by=person, lot_id=lot_id, units=body.units, reason=body.reason, now=timezone.now()
        )
    return Status(201, trade.stock(lot_id=lot_id))


@router.post("/lots/{lot_id}/stop", response={200: LotView, **RESPONSES}, summary="Stop a lot")
@once
def stop_lot(request: HttpRequest, lot_id: PathId, body: ReasonIn) -> Any:
    """Sell no more of a lot, for its cooperative or the county's authority. Everyone can read the reason."""
    with transaction.atomic():
        return trace_operations.stop_lot(
            by=person_of(request), lot_id=lot_id, reason=body.reason, now=timezone.now()
        )


@router.post(
    "/lots/{lot_id}/give-back", response={200: GivingBack, **RESPONSES}, summary="Give held orders back"
)
@once
def give_back_held_orders(request: HttpRequest, lot_id: PathId, body: ReasonIn) -> Any:
    """Give back every order of a stopped lot that was not sent, for its cooperative or the county's authority.

    Many take a while: `left` says how many are still to be done, and sending it again asks nothing new.
    """
    with transaction.atomic():
        return trade_operations.give_back_held(
            by=person_of(request), lot_id=lot_id, reason=body.reason, now=timezone.now()
        )


@router.post("/lots/{lot_id}/resume", response={200: LotView, **RESPONSES}, summary="Sell a lot again")
@once
def resume_lot(request: HttpRequest, lot_id: PathId, body: ReasonIn) -> Any:
    """Open a stopped lot, for its cooperative or, where the county's authority stopped it, for the authority."""
    with transaction.atomic():
        return trace_operations.resume_lot(
            by=person_of(request), lot_id=lot_id, reason=body.reason, now=timezone.now()
        )
