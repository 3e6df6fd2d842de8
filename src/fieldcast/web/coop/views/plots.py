"""Plots: what each is declared to grow, and how much of it this year's lots take."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.loaders import load_plot_to_manage
from fieldcast.catalog.types import PlotView
from fieldcast.kit.errors import Problem
from fieldcast.web.coop.forms.plots import CropForm
from fieldcast.web.shared import asking
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.words import local_name
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of, workplace_of

A_PAGE = 20


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The plots of the cooperative's members, searched."""
    page = catalog.plots(
        cooperative_id=place.id,
        search=asking.words(request),
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    crops = catalog.crops_of_plots(plot_ids=[plot.id for plot in page.items])
    uses = catalog.uses_of_plots(plots=page.items, year=timezone.localdate().year)
    rows = [(plot, crops[plot.id], uses[plot.id]) for plot in page.items]
    return render(request, "coop/plots/list.html", {"place": place, "page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, plot_id: int) -> HttpResponse:
    """One plot; sent back, it is declared to grow one thing more."""
    by, now = person_of(request), timezone.now()
    plot = load_plot_to_manage(by=by, plot_id=plot_id)
    place = workplace_of(request, plot.cooperative_id or 0)
    form = _form(request, plot, place)
    if request.method == "POST" and form.is_valid():
        said = {"product_id": form.cleaned_data["product"], "perennial": form.cleaned_data["perennial"]}
        try:
            with transaction.atomic():
                crop = catalog_operations.declare_crop(by=by, plot_id=plot.id, now=now, **said)
        except Problem as problem:
            beside(form, problem, form.refusals)
        else:
            words = _("%(plot)s is declared to grow this from now on: %(crop)s.")
            messages.success(request, words % {"plot": plot.name, "crop": local_name(crop.product)})
            return redirect("coop_plot", plot.id)
    context = {
        "place": place,
        "plot": plot,
        "form": form,
        "crops": catalog.crops_of_plots(plot_ids=[plot.id])[plot.id],
        "use": catalog.uses_of_plots(plots=[plot], year=timezone.localdate(now).year)[plot.id],
        "year": timezone.localdate(now).year,
    }
    return render(request, "coop/plots/detail.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, plot_id: int) -> HttpResponse:
    """The plot grows this no longer; its lots stay."""
    plot = load_plot_to_manage(by=person_of(request), plot_id=plot_id)
    product_id = asking.whole(request.POST.get("product"))
    if product_id is not None:
        catalog_operations.end_crop(
            by=person_of(request), plot_id=plot.id, product_id=product_id, now=timezone.now()
        )
        messages.success(request, _("It is not declared there any more. Lots that were picked stay."))
    return redirect("coop_plot", plot.id)


def _form(request: HttpRequest, plot: PlotView, place: Workplace) -> CropForm:
    return CropForm(
        request.POST if request.method == "POST" else None,
        products=catalog.products(county_id=place.county_id),
        asked=asking.whole(request.GET.get("product")),
    )
