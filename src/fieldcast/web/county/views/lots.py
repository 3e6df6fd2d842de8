"""A lot under the county's eyes: its record, and its sale stopped or allowed again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.catalog.loaders import load_lot_to_stop
from fieldcast.catalog.types import LotView
from fieldcast.trace import queries as trace
from fieldcast.trace.verdict import verdict
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared.facts import tell
from fieldcast.web.shared.held_back import GiveBackForm, give_back_all, held_card
from fieldcast.web.shared.stopping import ReasonForm, change_sale


@require_http_methods(["GET", "POST"])
@at_county
def detail(request: HttpRequest, office: Office, lot_id: int) -> HttpResponse:
    """One lot; sent back, it is stopped or resumed for the reason given."""
    lot = load_lot_to_stop(by=office.by, lot_id=lot_id)
    form = ReasonForm()
    if request.method == "POST":
        refused = change_sale(request, lot=lot, by=office.by)
        if refused is None:
            return redirect("county_lot", lot.id)
        form = refused
    return _page(request, lot, sale=form)


@require_http_methods(["GET", "POST"])
@at_county
def give_back(request: HttpRequest, office: Office, lot_id: int) -> HttpResponse:
    """Give back every order of a stopped lot that was not sent; asked again, how far that is."""
    lot = load_lot_to_stop(by=office.by, lot_id=lot_id)
    url = reverse("county_lot_give_back", args=[lot.id])
    if request.method == "POST":
        page = reverse("county_lot", args=[lot.id])
        form = give_back_all(request, lot=lot, by=office.by, page=page)
        return _page(request, lot, back=form) if form else redirect(page)
    card = held_card(request, lot, url=url, failed=False)
    return render(request, "components/held_back.html", {"lot": lot, "may_give_back": True, **card})


def _page(
    request: HttpRequest, lot: LotView, *, sale: ReasonForm | None = None, back: GiveBackForm | None = None
) -> HttpResponse:
    """The page of a lot, with a form as it was typed when there was something wrong with it."""
    history = trace.history(lot_id=lot.id)
    found = verdict(history.events)
    url = reverse("county_lot_give_back", args=[lot.id])
    context = {
        "lot": lot,
        "cooperative": accounts.organisation(organisation_id=lot.cooperative_id),
        "history": history,
        "events": tell(history, unit=lot.product.unit.value, now=timezone.now()),
        "verdict": found,
        "sale": sale or ReasonForm(),
        "may_give_back": True,
        **held_card(request, lot, url=url, failed=found.failed, form=back),
    }
    wrong = any(one is not None and one.errors for one in (sale, back))
    return render(request, "county/lot.html", context, status=422 if wrong else 200)
