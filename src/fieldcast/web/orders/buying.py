"""The buy sheet: from "I want this" to the payment provider's page in one step.

A refusal is shown in the sheet, beside what to do next and with everything that was typed still there; it has changed
nothing. Each sheet that is drawn carries a key of its own, so sending one twice orders once.
"""

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.kit.errors import Problem
from fieldcast.kit.once import BadKey
from fieldcast.live import queries as live
from fieldcast.live.types import SessionBrief, SessionState
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import problems
from fieldcast.trade.loaders import load_offer
from fieldcast.trade.types import OfferState, OfferView, Placed, Wanted
from fieldcast.web.orders.forms import BuyForm
from fieldcast.web.shared import asking
from fieldcast.web.shared.deal import deal
from fieldcast.web.shared.workplace import person_of

KEY_LENGTH: Final = 32
MOST_ASKED: Final = 999_999  # packs an address may ask for; the form says how many may be bought
REFUSALS: Final = (
    BadKey,
    problems.BadPacks,
    problems.DeliveryIncomplete,
    problems.ProvinceUnknown,
    problems.SessionNotLive,
    problems.OfferClosed,
    problems.LotStopped,
    problems.OverLimit,
    problems.SoldOut,
    problems.PriceChanged,
    problems.KeyReused,
)


@require_http_methods(["GET", "POST"])
def buy(request: HttpRequest, offer_id: int) -> HttpResponse:
    """The sheet: a fragment for htmx, a page for everyone else. Sending it places the order and goes to pay."""
    if request.method != "POST":
        return _show(request, offer_id, None)
    if not request.user.is_authenticated:
        return _go(request, sign_in_url(offer_id, request.POST.get("units", "")))
    saved = accounts.addresses_of(person_id=request.user.pk)
    form = BuyForm(request.POST, saved=saved)
    if not form.is_valid():
        return _show(request, offer_id, form)
    try:
        placed = _place(request, offer_id, form)
    except REFUSALS as refusal:
        return _show(request, offer_id, form, refusal=refusal)
    if not placed.repeated and form.keeps:
        _keep_address(request, form)
    return _go(request, pay_url(request, placed.order_id, placed.number))


def pay_url(request: HttpRequest, order_id: int, number: str) -> str:
    """Where the buyer pays; the order's own page, with the reason, when it cannot be paid any more."""
    page = reverse("order", args=[number])
    try:
        checkout = trade_operations.start_payment(
            by=person_of(request),
            order_id=order_id,
            return_url=request.build_absolute_uri(page),
            now=timezone.now(),
        )
    except (problems.HoldOver, problems.WrongState, problems.LotStopped) as refusal:
        messages.error(request, str(refusal))
        return page
    return checkout.url


def sign_in_url(offer_id: int, packs: str = "") -> str:
    """The way to sign in and back to this sheet."""
    back = reverse("buy", args=[offer_id])
    if asking.whole(packs, most=MOST_ASKED) is not None:
        back = f"{back}?{urlencode({'units': packs})}"
    return f"{settings.LOGIN_URL}?{urlencode({'next': back})}"


def _place(request: HttpRequest, offer_id: int, form: BuyForm) -> Placed:
    """Place the order, in a statement of its own: no transaction is open here, so that no other buyer waits for us."""
    seen_price_fen = form.cleaned_data["seen_price_fen"]
    return trade_operations.place_order(
        by=person_of(request),
        lines=[
            Wanted(
                offer_id=offer_id,
                packs=form.cleaned_data["units"],
                seen_price_fen=-1 if seen_price_fen is None else seen_price_fen,
            )
        ],
        delivery=form.delivery,
        idempotency_key=form.cleaned_data["key"],
        now=timezone.now(),
    )


def _keep_address(request: HttpRequest, form: BuyForm) -> None:
    """The order stands whether or not there is room for one more address."""
    to = form.to.delivery
    try:
        with transaction.atomic():
            accounts_operations.save_address(
                by=person_of(request),
                recipient=to.recipient,
                phone=to.phone,
                province=to.province,
                city=to.city,
                district=to.district,
                line=to.line,
            )
    except accounts_operations.TooMany as full:
        messages.warning(request, _("The address was not kept. %(why)s") % {"why": full})


def _show(
    request: HttpRequest, offer_id: int, sent: BuyForm | None, *, refusal: Problem | None = None
) -> HttpResponse:
    """Draw the sheet: as new, or with what was sent and what is wrong with it."""
    offer = load_offer(by=request.user, offer_id=offer_id)
    session = live.session_brief(session_id=offer.session_id)
    closed = None if sent else _closed(offer, session)
    already = refusal.facts["yours"] if isinstance(refusal, problems.OverLimit) else 0
    most = max(1, min(offer.per_buyer_limit - already, offer.left))
    context: dict[str, Any] = {
        "offer": offer,
        "session": session,
        "deal": deal(
            agreement_version_id=offer.agreement_version_id,
            seller_id=session.cooperative_id,
            lot_id=offer.lot_id,
            now=timezone.now(),
        ),
        "most": most,
        "minutes": -(-session.hold_seconds // 60),
        "seconds": session.hold_seconds,
        "refusal": refusal or closed,
        "sign_in_url": sign_in_url(offer_id, request.GET.get("units", "")),
    }
    if request.user.is_authenticated and not closed:
        context |= _form(request, offer, sent, most)
    fragment = asking.by_script(request)
    template = (
        "orders/buy.html" if not fragment else "orders/_buy_form.html" if sent else "orders/_buy_sheet.html"
    )
    response = render(request, template, context, status=422 if sent else 200)
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "no-store"  # an old sheet would carry an old price and a used key
    return response


def _form(request: HttpRequest, offer: OfferView, sent: BuyForm | None, most: int) -> dict[str, Any]:
    """The form with a key of its own and the price of now, which sending it again accepts."""
    form = sent or BuyForm(saved=accounts.addresses_of(person_id=request.user.pk or 0))
    packs = form["units"].value() if sent else _packs(request.GET)
    if not form.errors:  # as the form read it: "5.0" is 5
        packs = max(1, min(form.cleaned_data["units"] if sent else packs, most))
    return {
        "form": form,
        "key": get_random_string(KEY_LENGTH),
        "packs": packs,
        "total_fen": offer.price_fen * packs if isinstance(packs, int) else None,
    }


def _closed(offer: OfferView, session: SessionBrief) -> Problem | None:
    """Why nothing of this can be ordered now, in the words of the refusal that ordering would meet."""
    if session.state != SessionState.LIVE:
        return problems.SessionNotLive()
    if offer.state != OfferState.OPEN:
        return problems.OfferClosed()
    if offer.stopped:
        return problems.LotStopped()
    if offer.left:
        return None
    held = {"held": offer.held, "minutes": -(-session.hold_seconds // 60)}
    return problems.AllHeld(**held) if offer.held else problems.SoldOut()


def _packs(asked: QueryDict) -> int:
    found = asking.whole(asked.get("units"), most=MOST_ASKED)
    return 1 if found is None else found


def see_other(url: str) -> HttpResponse:
    """After a form was sent: the browser goes on with a GET, wherever to."""
    response: HttpResponseRedirect = redirect(url)
    response.status_code = 303
    return response


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser on; htmx is told by a header, for it would follow a redirect by itself."""
    if asking.by_script(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return see_other(url)
