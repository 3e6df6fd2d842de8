"""What a buyer and a seller write to each other, as each reader's page shows it, and the form to write with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.files.sent import DrawnPhoto
from fieldcast.kit.errors import Problem
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.letters.types import A_SIGHT
from fieldcast.trade.types import (
    MOST_CHARACTERS,
    MOST_LETTER_PHOTOS,
    ConversationView,
    LetterView,
    Side,
)
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.fields import WordsField
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.sent import drawn_photos
from fieldcast.web.shared.words import local_name, when
from fieldcast.web.shared.workplace import person_of

ON_THE_ORDER: Final = 3  # letters that an order's own page shows
Write = Callable[[str, Sequence[DrawnPhoto]], ConversationView]


class LetterForm(forms.Form):
    """What one writes; photos come beside it."""

    words = WordsField(
        label=_("Your letter"),
        max_length=MOST_CHARACTERS,
        error_messages={"required": _("Write something; photos alone are no letter.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refusals: ClassVar[Mapping[str, str]] = {"nothing_written": "words"}


@dataclass(frozen=True)
class Line:
    """A letter as its reader sees it. `mine`: it stands on the reader's side; `note`: the buyer does not see it."""

    letter: LetterView
    who: str
    mine: bool
    note: bool


def shown(
    request: HttpRequest,
    found: ConversationView | None,
    *,
    reader: Side,
    now: datetime,
    form: forms.Form | None = None,
    limit: int = A_SIGHT,
) -> dict[str, Any]:
    """The newest letters, or those before one that the address names; how it stands; the form. None: nothing yet."""
    before = asking.whole(request.GET.get("before"))
    letters: Sequence[LetterView] = ()
    if found is not None:
        letters = trade.letters_of(
            conversation_id=found.id, notes=reader == Side.SELLER, before=before, limit=limit
        )
    return {
        "conversation": found,
        "lines": lines_of(found, letters, reader=reader) if found else (),
        "earlier": letters[0].id if len(letters) == limit else None,
        "before": before,
        "standing": standing(found, reader=reader, now=now) if found else "",
        "late": found is not None and found.late(now),
        "letter_form": form or LetterForm(),
        "once": once.key_of(request),
        "most_photos": MOST_LETTER_PHOTOS,
    }


def lines_of(found: ConversationView, letters: Sequence[LetterView], *, reader: Side) -> tuple[Line, ...]:
    """Each letter with who wrote it: the seller's people are named to each other and to nobody else."""
    names = accounts.display_names(person_ids={one.by_id for one in letters if one.by_id is not None})
    ours = {Side.BUYER: (Side.BUYER,), Side.SELLER: (Side.SELLER, Side.LET_BE)}.get(reader, (Side.COUNTY,))
    return tuple(
        Line(
            letter=one,
            who=_who(one, found, reader=reader, names=names),
            mine=one.side in ours,
            note=one.side == Side.LET_BE,
        )
        for one in letters
    )


def standing(found: ConversationView, *, reader: Side, now: datetime) -> str:
    """Who waits for whom, until when, in a whole sentence."""
    places = {"who": local_name(found, "seller_name"), "until": when(found.answer_until, now=now)}
    if not found.waits:
        if reader == Side.BUYER:
            return ""
        return gettext("Nobody waits for an answer here.")
    if reader == Side.BUYER:
        if found.late(now):
            return (
                gettext("%(who)s has not answered in time. The county may read this now and answer.") % places
            )
        return gettext("%(who)s answers by %(until)s.") % places
    if found.late(now):
        return gettext("The answer was due %(until)s; the county may read this now and answer.") % places
    return gettext("The buyer waits for your answer, due %(until)s.") % places


def buyers_page(
    request: HttpRequest,
    found: ConversationView | None,
    *,
    write: Write,
    back: Callable[[ConversationView], str],
    now: datetime,
    template: str,
    around: Mapping[str, Any],
) -> HttpResponse:
    """A conversation for its buyer, and the form that begins it where there is none."""
    form = LetterForm(request.POST if request.method == "POST" else None)
    sent = take_letter(request, form, write=write, back=back, now=now, said=gettext("It is sent."))
    if sent is not None:
        return sent
    context = {**shown(request, found, reader=Side.BUYER, now=now, form=form), **around}
    return answered(request, template, context, form)


def answered(
    request: HttpRequest, template: str, context: Mapping[str, Any], form: forms.Form
) -> HttpResponse:
    """The page, kept by nobody; 422 where something is wrong with the form."""
    response = render(request, template, dict(context), status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def take_letter(
    request: HttpRequest,
    form: forms.Form,
    *,
    write: Write,
    back: Callable[[ConversationView], str],
    now: datetime,
    said: str,
) -> HttpResponse | None:
    """Send what was written, once, and go `back`; None where nothing was sent, or something is wrong with it."""
    if not form.is_bound or not form.is_valid():
        return None
    by = person_of(request)
    try:
        photos = drawn_photos(request, partial(trade_operations.draw_letter_photos, by=by))
        with transaction.atomic():
            claim = once.claim(request, now=now)
            led_to = claim.led_to
            if led_to is None:
                led_to = claim.leads_to(back(write(form.cleaned_data["words"], photos)))
                messages.success(request, said)
    except Problem as problem:
        beside(form, problem, getattr(form, "refusals", {}))
        if request.FILES:
            form.add_error(None, gettext("Please choose the photos again: they were not kept."))
        return None
    return redirect(led_to)


def _who(one: LetterView, found: ConversationView, *, reader: Side, names: Mapping[int, str]) -> str:
    if one.side == Side.COUNTY:
        return gettext("The county")
    if one.side == Side.BUYER:
        return gettext("You") if reader == Side.BUYER else found.buyer_name
    if reader == Side.SELLER:
        return names.get(one.by_id or 0, "")
    return local_name(found, "seller_name")
