"""Money that goes back to a buyer after the sale was settled: typed by the county, looked over, given once."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fieldcast.accounts.access import require
from fieldcast.agreements.calculation import role_title
from fieldcast.settlement.funds.operations import give_or_ask
from fieldcast.settlement.funds.types import AskView
from fieldcast.trade.loaders import load_order
from fieldcast.trade.types import OrderView
from fieldcast.web.county.forms import LookedOver
from fieldcast.web.county.looked_over import data_of, looked_over
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared.fields import WordsField, YuanField
from fieldcast.web.shared.words import goods_name, yuan

KEEP = "agreements.keep_cover"
BEARERS = ("farmer", "cooperative", "carrier", "host", "platform")
MOST_FEN = 10**9


class SettledRefundForm(LookedOver):
    """What goes back of which line, who bears it, and why."""

    line = forms.TypedChoiceField(label=_("Which goods"), coerce=int)
    amount = YuanField(label=_("Goes back to the buyer"), most_fen=MOST_FEN)
    borne_by = forms.ChoiceField(label=_("Who bears it"), required=False)
    why = WordsField(label=_("Why"), max_length=200)
    refusals: ClassVar[dict[str, str]] = {
        "amount_too_large": "amount",
        "bad_amount": "amount",
        "fund_empty": "amount",
        "nobody_bears": "borne_by",
        "says_nothing": "why",
    }

    def __init__(self, data: Any = None, *, order: OrderView) -> None:
        super().__init__(data)
        lines = [
            (line.id, f"{goods_name(line)} × {line.packs} · {yuan(line.total_fen - line.refunded_fen)}")
            for line in order.lines
        ]
        self.fields["line"].choices = lines  # type: ignore[attr-defined]  # they are choice fields
        roles = [(role, role_title(role)) for role in BEARERS]
        self.fields["borne_by"].choices = [("", _("Everyone, as the clauses say")), *roles]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@at_county
def settled_refund(request: HttpRequest, office: Office, number: str) -> HttpResponse:
    """Give money of a settled order back; for those who answer for the county's authority."""
    order = load_order(by=office.by, number=number)
    require(office.by, KEEP, office.county)
    form = SettledRefundForm(data_of(request), order=order)
    back = reverse("county_order", args=[order.number])
    words = {
        "title": gettext("Give money back after the settlement"),
        "lead": gettext("A fund pays the buyer at once; whoever was paid too much owes it to the fund."),
        "ask": gettext("Give this money back?"),
        "more": gettext("It goes to the buyer's account and cannot be called back."),
        "yes": gettext("Give it back"),
        "back": back,
    }
    return looked_over(request, form, words, lambda now: _give(office, form, words, now=now))


def _give(office: Office, form: SettledRefundForm, words: dict[str, str], *, now: datetime) -> str:
    """Give it, or ask for it; then the question before it says so."""
    said = form.cleaned_data
    given = give_or_ask(
        by=office.by,
        amounts={said["line"]: said["amount"]},
        why=said["why"],
        borne_by=said["borne_by"],
        now=now,
    )
    if isinstance(given, AskView):
        words["ask"] = gettext("Ask for this payment?")
        words["more"] = gettext(
            "A fund would fall below its floor for it, so somebody else of the authority decides."
        )
        words["yes"] = gettext("Ask for it")
        return gettext(
            "A fund would fall below its floor: somebody else of the authority decides. The buyer is told."
        )
    return gettext("The money is on its way to the buyer.")
