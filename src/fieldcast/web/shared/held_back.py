"""Orders of a stopped lot on pages: what is held back and given back in one go, and what one order's readers learn."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcast.accounts.types import SignedIn
from fieldcast.catalog.types import LotState, LotView
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trace import queries as trace
from fieldcast.trace.facts.stopped import TEST_NOT_PASSED
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import SHIPPED, UNSENT, OrderState, OrderView
from fieldcast.web.shared import once
from fieldcast.web.shared.facts import value_words
from fieldcast.web.shared.fields import WordsField


class GiveBackForm(forms.Form):
    """Every order of a lot that is held back is given back, for one reason."""

    reason = WordsField(
        label=gettext_lazy("Why"), max_length=200, help_text=gettext_lazy("The buyers read this.")
    )


@dataclass(frozen=True)
class Alarm:
    """A lot in an order that may not be sold. `failed`: its latest test was not passed; `reason`: why it is stopped."""

    lot_id: int
    lot_code: str
    failed: bool
    reason: str


def held_card(
    request: HttpRequest, lot: LotView, *, url: str, failed: bool, form: GiveBackForm | None = None
) -> dict[str, Any]:
    """What the component `held_back` shows of a lot; nothing where its sale is not stopped."""
    if lot.state != LotState.STOPPED:
        return {"held": None}
    why = _("The lot did not pass its test.") if failed else ""
    return {
        "held": trade.held_back(lot_id=lot.id),
        "back": form or GiveBackForm(initial={"reason": why}),
        "back_url": url,
        "once": once.key_of(request),
    }


def give_back_all(request: HttpRequest, *, lot: LotView, by: SignedIn, page: str) -> GiveBackForm | None:
    """Give back what a lot holds back, once for a form; the form when that is refused, else None."""
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return form
    now = timezone.now()
    try:
        with transaction.atomic():
            claim = once.claim(request, now=now)
            if claim.led_to is None:
                reason = form.cleaned_data["reason"]
                trade_operations.give_back_held(by=by, lot_id=lot.id, reason=reason, now=now)
                claim.leads_to(page)
                messages.success(request, _("The money is on its way back to the buyers."))
    except NotFound:
        raise
    except Problem as problem:
        form.add_error(None, str(problem))
        return form
    return None


def alarm_of(order: OrderView) -> Alarm | None:
    """What an order's readers must know of a lot in it that may not be sold; None when there is nothing to say.

    A sent order is alarming only where a test was not passed: other stops say nothing about what was eaten.
    """
    stopped = {line.lot_id: line.lot_code for line in order.lines if line.lot_stopped}
    if not stopped or order.state not in (OrderState.RESERVED, *UNSENT, *SHIPPED):
        return None
    verdicts = trace.verdicts(lot_ids=stopped)
    stops = {lot_id: trace.stop_of(lot_id=lot_id) for lot_id in stopped}
    failed = [
        lot_id
        for lot_id, stop in stops.items()
        # what was sorted out of a failed lot was not tested itself
        if verdicts[lot_id].failed or (stop and stop.reason == TEST_NOT_PASSED)
    ]
    if order.state in SHIPPED and not failed:
        return None
    lot_id = failed[0] if failed else next(iter(stopped))
    stop = stops[lot_id]
    reason = value_words(stop.reason) if stop else ""
    return Alarm(lot_id=lot_id, lot_code=stopped[lot_id], failed=bool(failed), reason=reason)
