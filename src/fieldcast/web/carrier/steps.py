"""Steps of parcels: of one, by its form or from a phone's outbox, and of several with one press."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.once import KEPT_FOR_PHONES
from fieldcast.trade.loaders import load_parcel
from fieldcast.trade.problems import UnknownCode
from fieldcast.trade.types import Round
from fieldcast.web.carrier.forms import FORMS, TOGETHER, StepForm
from fieldcast.web.carrier.views import parcel_page, parcels_page
from fieldcast.web.shared import once
from fieldcast.web.shared.offline import require_writer
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.workplace import Workplace, at_carrier, person_of

MOST_AT_ONCE = 100
CHOSEN = "o"
BACK = {"fetch": Round.TO_FETCH, "deliver": Round.ON_THE_WAY}


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Take a step of a parcel; looked at, its page with the forms."""
    require_writer(request)
    by, now = person_of(request), timezone.now()
    found = load_parcel(by=by, code=code)
    if step not in FORMS:
        raise Http404
    if request.method == "GET":
        return parcel_page(request, found)
    form = FORMS[step](request.POST, auto_id=f"{step}-%s")
    if form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now, kept=KEPT_FOR_PHONES)
                if claim.led_to is None:
                    form.take(by=by, order_id=found.order_id, now=now)
                    claim.leads_to(reverse("carrier_parcel", args=[found.number]))
                    messages.success(request, str(form.done))
            return redirect("carrier_parcel", found.number)
        except Problem as problem:
            beside(form, problem, form.refusals)
    return parcel_page(request, load_parcel(by=by, code=code), form)


@require_POST
@at_carrier
def together(request: HttpRequest, place: Workplace) -> HttpResponse:
    """One step for all that are ticked. What cannot be done stays where it is, with its reason."""
    now, name = timezone.now(), request.POST.get("do", "")
    if name not in TOGETHER:
        raise NotFound("step")
    back = f"{reverse('carrier')}?{urlencode({'list': BACK[name].value})}"
    codes = list(dict.fromkeys(request.POST.getlist(CHOSEN)))[:MOST_AT_ONCE]
    form = TOGETHER[name](request.POST, auto_id="together-%s")
    if not codes:
        messages.info(request, _("Tick the parcels first."))
        return redirect(back)
    if not form.is_valid():
        return parcels_page(request, place, form)
    with transaction.atomic():
        claim = once.claim(request, now=now)
        if claim.led_to is None:
            _take_all(request, place, form, codes, now=now)
            claim.leads_to(back)
    return redirect(back)


def _take_all(
    request: HttpRequest, place: Workplace, form: StepForm, codes: list[str], *, now: datetime
) -> None:
    """Orders are locked in the order of their ids: two phones that tick the same parcels never wait for each other."""
    found: dict[int, str] = {}
    taken, refused = 0, []
    for code in codes:
        try:
            found[load_parcel(by=place.by, code=code).order_id] = code
        except UnknownCode as problem:
            refused.append(problem.message)
    for order_id, code in sorted(found.items()):
        try:
            with transaction.atomic():
                form.take(by=place.by, order_id=order_id, now=now)
            taken += 1
        except NotFound:
            raise
        except Problem as problem:
            refused.append(_(": ").join((code, problem.message)))
    if taken:
        words = ngettext("%(count)s parcel is done.", "%(count)s parcels are done.", taken)
        messages.success(request, words % {"count": taken})
    for line in refused[:3]:
        messages.warning(request, line)
    if len(refused) > 3:
        messages.warning(request, _("%(count)s more were not taken.") % {"count": len(refused) - 3})
