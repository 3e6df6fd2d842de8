"""A lot under the county's eyes: its record, and its sale stopped or allowed again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.catalog.loaders import load_lot_to_stop
from fieldcast.trace import queries as trace
from fieldcast.trace.verdict import verdict
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared.facts import tell
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
    history = trace.history(lot_id=lot.id)
    context = {
        "lot": lot,
        "cooperative": accounts.organisation(organisation_id=lot.cooperative_id),
        "history": history,
        "events": tell(history, unit=lot.product.unit.value, now=timezone.now()),
        "verdict": verdict(history.events),
        "sale": form,
    }
    return render(request, "county/lot.html", context, status=422 if form.errors else 200)
