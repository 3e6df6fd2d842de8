"""What buyers wrote: those who wait, those who were answered, and the page of one, with what it is about."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.catalog import queries as catalog
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.letters.types import MOST_REASON
from fieldcast.trade.loaders import load_conversation, load_order_to_write_first
from fieldcast.trade.types import ConversationView, LetterState, Side
from fieldcast.web.coop.views.orders import REFUNDABLE
from fieldcast.web.shared import asking
from fieldcast.web.shared.fields import WordsField
from fieldcast.web.shared.letters import CloseForm, LetterForm, answered, closing, shown, take_letter
from fieldcast.web.shared.refund_requests import answerers
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import when
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of, workplace_of

A_PAGE: Final = 25
EXCERPT: Final = 40  # letters of the last one that the list shows


class LetBeForm(forms.Form):
    """Why no answer is needed."""

    words = WordsField(
        label=gettext_lazy("Why no answer is needed"),
        max_length=MOST_REASON,
        help_text=gettext_lazy("Kept for your cooperative; the buyer is not told."),
        error_messages={"required": gettext_lazy("Say in a few words why.")},
    )
    refusals: ClassVar[Mapping[str, str]] = {"no_reason": "words"}


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Conversations, those that wait longest first."""
    now, words, state = timezone.now(), asking.words(request), asking.one_of(request, "state", LetterState)
    page = trade.conversations_of_seller(
        seller_id=place.id,
        state=state,
        search=words,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    context = {
        "place": place,
        "page": page,
        "table": _table(page.items, now),
        "words": words,
        "state": state,
        "states": tuple(LetterState),
    }
    return render(request, "coop/letters/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, number: str) -> HttpResponse:
    """The first letter to the buyer of an order; where there is a conversation it stands there."""
    by, now = person_of(request), timezone.now()
    order = load_order_to_write_first(by=by, number=number)
    found = trade.conversation_of_order(order_id=order.id)
    if found is not None and request.method == "GET":
        return redirect("coop_letter", found.id)
    form = LetterForm(request.POST if request.method == "POST" else None)
    sent = take_letter(
        request,
        form,
        write=lambda words, photos: trade_operations.write_to_buyer(
            by=by, order_id=order.id, words=words, photos=photos, now=now
        ),
        back=lambda written: f"{_address(written)}#latest",
        now=now,
        said=_("It is sent, and the buyer is told."),
    )
    if sent is not None:
        return sent
    context = {
        "place": workplace_of(request, order.seller_id),
        "order": order,
        "buyer_name": accounts.person_ref(person_id=order.buyer_id).display_name,
        "contract": True,
        **shown(request, None, reader=Side.SELLER, now=now, form=form),
    }
    return answered(request, "coop/letters/first.html", context, form)


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """One conversation: answer it, or say why it needs none; everyone who works for the seller may."""
    by, now = person_of(request), timezone.now()
    found = load_conversation(by=by, conversation_id=conversation_id, perm="trade.answer_letters")
    place = workplace_of(request, found.seller_id)
    data = request.POST if request.method == "POST" else None
    do = data.get("do") if data is not None else None
    let_be = LetBeForm(data if do == "let_be" else None, prefix="why")
    close = CloseForm(data if do == "close" else None)
    form = LetterForm(None if do in ("let_be", "close") else data)
    sent = (
        take_letter(
            request,
            form,
            write=lambda words, photos: trade_operations.write_letter(
                by=by, conversation_id=found.id, words=words, photos=photos, now=now
            ),
            back=lambda _written: f"{_address(found)}#latest",
            now=now,
            said=_("It is sent, and the buyer is told."),
        )
        or take_letter(
            request,
            let_be,
            write=lambda words, _photos: trade_operations.let_letter_be(
                by=by, conversation_id=found.id, reason=words, now=now
            ),
            back=lambda _written: reverse("coop_letters"),
            now=now,
            said=_("It is written down; nobody waits for it any more."),
        )
        or closing(request, close, found, by=by, back=f"{_address(found)}#latest", now=now)
    )
    if sent is not None:
        return sent
    context = {
        "place": place,
        "let_be": let_be,
        "close": close,
        "contract": found.contract,
        **shown(request, found, reader=Side.SELLER, now=now, form=form),
        **_about(found, place),
    }
    sent_form = {"let_be": let_be, "close": close}.get(do or "", form)
    return answered(request, "coop/letters/detail.html", context, sent_form)


def _about(found: ConversationView, place: Workplace) -> dict[str, Any]:
    """The facts of what it is about, and the way to give money back."""
    if found.order_id is None:
        assert found.lot_id is not None
        return {"lot": catalog.lot(lot_id=found.lot_id), "stock": trade.stock(lot_id=found.lot_id)}
    order = trade.order(order_id=found.order_id)
    refundable = order.state in REFUNDABLE and order.refunded_fen < order.total_fen
    return {
        "order": order,
        "may_refund": refundable and place.manages,
        "answerers": answerers(place.id) if refundable and not place.manages else "",
    }


def _table(found: Iterable[ConversationView], now: datetime) -> Table:
    columns = map(Column, (_("About"), _("Buyer"), _("Last letter"), _("State"), _("Waits since"), _("Due")))
    return Table(tuple(columns), tuple(_row(one, now) for one in found))


def _row(one: ConversationView, now: datetime) -> tuple[Cell, ...]:
    last = one.latest.words
    state = LetterState.OPEN if one.waits else LetterState.ANSWERED
    return (
        Cell(one.about, href=_address(one), code=True),
        Cell(one.buyer_name),
        Cell(lines=(last if len(last) <= EXCERPT else f"{last[: EXCERPT - 1]}…", when(one.last_at, now=now))),
        Cell(state=state),
        Cell(when(one.waiting_since, now=now)),
        Cell(when(one.answer_until, now=now)),
    )


def _address(one: ConversationView) -> str:
    return reverse("coop_letter", args=[one.id])
