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
from fieldcast.accounts.types import SignedIn
from fieldcast.files.sent import DrawnPhoto
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.letters.types import A_SIGHT, MOST_REASON
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
OURS: Final[Mapping[Side, tuple[Side, ...]]] = {
    Side.BUYER: (Side.BUYER, Side.APPEAL),
    Side.SELLER: (Side.SELLER, Side.LET_BE, Side.CLOSED),
    Side.COUNTY: (Side.COUNTY, Side.REPLY, Side.ENDED),
}
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


class CloseForm(forms.Form):
    """Why a conversation is closed."""

    prefix = "close"
    words = WordsField(
        label=_("Why you close it"),
        max_length=MOST_REASON,
        help_text=_("The buyer reads this. It is kept, with your name for your colleagues and the county."),
        error_messages={"required": _("Say in a few words why.")},
    )
    refusals: ClassVar[Mapping[str, str]] = {"closed_for_nothing": "words"}


class CountyForm(LetterForm):
    """What the buyer of a closed conversation writes to the county."""

    prefix = "county"


@dataclass(frozen=True)
class Line:
    """A letter as its reader sees it. `mine`: it stands on the reader's side; `note`: the buyer does not see it;
    `mark`: what it did, or to whom it went, in words.
    """

    letter: LetterView
    who: str
    mine: bool
    note: bool
    mark: str = ""


MARKS: Final[Mapping[Side, Sentence]] = {
    Side.CLOSED: _("Closed the conversation"),
    Side.ENDED: _("Closed the conversation"),
    Side.APPEAL: _("To the county; the seller does not read it"),
    Side.REPLY: _("The seller does not read it"),
}


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
            conversation_id=found.id,
            notes=reader == Side.SELLER,
            to_county=reader != Side.SELLER,
            before=before,
            limit=limit,
        )
    return {
        "conversation": found,
        "lines": lines_of(found, letters, reader=reader) if found else (),
        "earlier": letters[0].id if len(letters) == limit else None,
        "before": before,
        "standing": standing(found, reader=reader, now=now) if found else "",
        "late": found is not None and found.late(now),
        "letter_form": form or LetterForm(),
        "county_form": CountyForm(),
        "once": once.key_of(request),
        "most_photos": MOST_LETTER_PHOTOS,
    }


def lines_of(found: ConversationView, letters: Sequence[LetterView], *, reader: Side) -> tuple[Line, ...]:
    """Each letter with who wrote it: the seller's people are named to each other and to nobody else."""
    names = accounts.display_names(person_ids={one.by_id for one in letters if one.by_id is not None})
    ours = OURS[reader]
    return tuple(
        Line(
            letter=one,
            who=_who(one, found, reader=reader, names=names),
            mine=one.side in ours,
            note=one.side == Side.LET_BE,
            mark=str(MARKS.get(one.side, "")),
        )
        for one in letters
    )


def standing(found: ConversationView, *, reader: Side, now: datetime) -> str:
    """Who waits for whom, until when, in a whole sentence."""
    places = {"who": local_name(found, "seller_name"), "until": when(found.answer_until, now=now)}
    if found.closed_at is not None:
        return _standing_closed(found, reader=reader)
    if not found.waits:
        return "" if reader == Side.BUYER else gettext("Nobody waits for an answer here.")
    if reader == Side.BUYER:
        if found.late(now):
            return (
                gettext("%(who)s has not answered in time. The county may read this now and answer.") % places
            )
        return gettext("%(who)s answers by %(until)s.") % places
    if found.late(now):
        return gettext("The answer was due %(until)s; the county may read this now and answer.") % places
    return gettext("The buyer waits for your answer, due %(until)s.") % places


def _standing_closed(found: ConversationView, *, reader: Side) -> str:
    if reader == Side.COUNTY:
        return gettext("This conversation is closed; its buyer waits for your answer.")
    if reader == Side.SELLER:
        return gettext("This conversation is closed: nothing more is written into it.")
    if found.appealed_at is not None:
        return gettext("This conversation is closed. The county has what you wrote to it, and answers you.")
    return gettext("This conversation is closed. You can write to the county; money is asked for as before.")


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
    by, data = person_of(request), request.POST if request.method == "POST" else None
    to_county = data is not None and data.get("do") == "county" and found is not None
    form, county_form = LetterForm(None if to_county else data), CountyForm(data if to_county else None)
    sent = take_letter(
        request, form, write=write, back=back, now=now, said=gettext("It is sent.")
    ) or take_letter(
        request,
        county_form,
        write=lambda words, _photos: trade_operations.write_to_county(
            by=by, conversation_id=found.id if found else 0, words=words, now=now
        ),
        back=back,
        now=now,
        said=gettext("It is sent to the county."),
    )
    if sent is not None:
        return sent
    context = {**shown(request, found, reader=Side.BUYER, now=now, form=form), "county_form": county_form}
    return answered(request, template, {**context, **around}, county_form if to_county else form)


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
    if one.side in OURS[Side.COUNTY]:
        return gettext("The county")
    if one.side in OURS[Side.BUYER]:
        return gettext("You") if reader == Side.BUYER else found.buyer_name
    if reader == Side.SELLER:
        return names.get(one.by_id or 0, "")
    return local_name(found, "seller_name")


def closing(
    request: HttpRequest,
    form: CloseForm,
    found: ConversationView,
    *,
    by: SignedIn,
    back: str,
    now: datetime,
) -> HttpResponse | None:
    """Close a conversation with what the form says, as `take_letter`."""
    return take_letter(
        request,
        form,
        write=lambda words, _photos: trade_operations.close_conversation(
            by=by, conversation_id=found.id, reason=words, now=now
        ),
        back=lambda _closed: back,
        now=now,
        said=gettext("It is closed, and the buyer is told."),
    )
