"""A buyer asks for money back, objects to the answer, takes the request back; and the photos of it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_order_to_ask_refund, load_request_photo
from fieldcast.trade.types import MOST_PHOTOS, OrderView, RequestView
from fieldcast.web.orders.buying import see_other
from fieldcast.web.orders.refund_forms import RefundForm
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.asking import by_script
from fieldcast.web.shared.pictures import OURS, picture_response
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.sent import drawn_photos
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.workplace import person_of

MOST_UNITS: Final = 10**9  # that an address may ask about; the order says how many there are


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for money back: a page, and its form again with what is wrong beside the fields."""
    by, now = person_of(request), timezone.now()
    order = load_order_to_ask_refund(by=by, number=number)
    form = RefundForm(request.POST if request.method == "POST" else None, order=order)
    if request.method == "POST" and form.is_valid():
        try:
            return _go(request, _ask(request, order, form, now))
        except Problem as problem:
            beside(form, problem, form.refusals)
    elif request.method == "GET" and not trade.may_ask_refund(order_id=order.id, now=now):
        messages.info(request, _("Nothing can be asked back for this order now; it says here how it stands."))
        return redirect("order", number=order.number)
    context = {
        "order": order,
        "form": form,
        "bought": sum(line.packs for line in order.lines),
        "units": sum(line.packs * line.pack_units for line in order.lines),
        "line": trade.after_sales_of(county_id=order.county_id),
        "left_fen": order.total_fen - order.refunded_fen,
        "most_photos": MOST_PHOTOS,
        "once": once.key_of(request),
    }
    template = "orders/_refund_form.html" if by_script(request) else "orders/refund.html"
    response = render(request, template, context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_GET
def part(request: HttpRequest, number: str) -> HttpResponse:
    """What so many bad ones come to, worked out here while they are counted."""
    order = load_order_to_ask_refund(by=person_of(request), number=number)
    bad = asking.whole(request.GET.get("damaged"), most=MOST_UNITS) or None
    try:
        comes_to = trade.part_of_order(order_id=order.id, damaged_units=bad)
    except Problem as problem:
        return render(request, "orders/_refund_part.html", {"problem": problem})
    return render(request, "orders/_refund_part.html", {"sum": comes_to, "unit": order.lines[0].unit})


@login_required
@require_POST
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    """Object to the seller's answer, in words: the county decides."""
    said = _("The county looks at it and decides.")
    return _step(request, number, partial(trade_operations.object_to_answer, words=_words(request)), said)


@login_required
@require_POST
def appeal(request: HttpRequest, number: str) -> HttpResponse:
    """Appeal against the county's decision, in words: somebody else there decides once more."""
    said = _("Somebody else of the county looks at it and decides.")
    return _step(request, number, partial(trade_operations.appeal_decision, words=_words(request)), said)


@login_required
@require_POST
def sent_back(request: HttpRequest, number: str) -> HttpResponse:
    """Say that the goods are on their way back, with whom and under which number."""
    said = _("The seller is told. The money goes back when the goods have come.")
    return _step(request, number, partial(trade_operations.send_back, words=_words(request)), said)


@login_required
@require_POST
def arrived(request: HttpRequest, number: str) -> HttpResponse:
    """Say that what was sent in exchange has come."""
    said = _("Thank you. If it is not right either, you may object within 48 hours.")
    return _step(request, number, trade_operations.receive_exchange, said)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a request back that waits for an answer."""
    return _step(request, number, trade_operations.withdraw_refund, _("Your request is taken back."))


def _step(
    request: HttpRequest, number: str, operation: Callable[..., RequestView], said: str
) -> HttpResponse:
    """Take a step of the order's latest request, as its buyer, and go back to it."""
    by, now = person_of(request), timezone.now()
    order = load_order_to_ask_refund(by=by, number=number)
    one = _latest(order)
    return take(
        request,
        lambda: operation(by=by, request_id=one.id, now=now),
        back=_page(order),
        said=said,
    )


def _words(request: HttpRequest) -> str:
    return request.POST.get("words", "")


@login_required
@require_GET
def photo(request: HttpRequest, file_id: int) -> HttpResponse:
    """A picture that came with a request, small where `small` is asked for; for its buyer, the seller, the county."""
    content = load_request_photo(by=person_of(request), file_id=file_id, thumbnail="small" in request.GET)
    return picture_response(request, content, cache=OURS)


def _ask(request: HttpRequest, order: OrderView, form: RefundForm, now: datetime) -> str:
    by = person_of(request)
    drawn = drawn_photos(request, partial(trade_operations.draw_photos, by=by, order_id=order.id))
    with transaction.atomic():
        claim = once.claim(request, now=now)
        if claim.led_to is None:
            trade_operations.ask_refund(
                by=by,
                order_id=order.id,
                wrong=form.cleaned_data["wrong"],
                words=form.cleaned_data["words"],
                photos=drawn,
                now=now,
                **form.how_much,
            )
            claim.leads_to(_page(order))
            messages.success(request, _("It is sent. Here stands until when it is answered."))
    return _page(order)


def _latest(order: OrderView) -> RequestView:
    """The last request of an order. Raises `NotFound` where nothing was ever asked."""
    found = trade.refund_requests_of(order_id=order.id)
    if not found:
        raise NotFound("refund request")
    return found[-1]


def _page(order: OrderView) -> str:
    return f"{reverse('order', args=[order.number])}#refund-request"


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if by_script(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return see_other(url)
