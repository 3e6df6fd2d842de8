"""A letter that its seller did not answer in time, or one to the county about a closed conversation: it may read that
conversation, and answer the buyer.
"""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldcast.trade import operations as trade_operations
from fieldcast.trade.loaders import load_conversation, load_late_conversation, read_late_letters
from fieldcast.trade.types import MOST_LETTER_PHOTOS, ConversationView, Side
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import once
from fieldcast.web.shared.letters import (
    CloseForm,
    LetterForm,
    answered,
    closing,
    lines_of,
    standing,
    take_letter,
)

REASON: Final = "an answer is late"
ASKED: Final = "its buyer wrote to the county"


@require_http_methods(["GET", "POST"])
@at_county
def detail(request: HttpRequest, office: Office, conversation_id: int) -> HttpResponse:
    """Who waits, about what; what was written is shown when it is asked for, and that is written down."""
    now = timezone.now()
    answers = request.method == "POST" and request.POST.get("do") != "read"
    found = _found(request, office, conversation_id, answers=answers, now=now)
    closes = answers and request.POST.get("do") == "close"
    close = CloseForm(request.POST if closes else None)
    form = LetterForm(request.POST if answers and not closes else None)
    sent = take_letter(
        request,
        form,
        write=lambda words, photos: trade_operations.write_letter(
            by=office.by, conversation_id=found.id, words=words, photos=photos, now=now
        ),
        back=lambda _written: reverse("county"),
        now=now,
        said=_("It is sent, and the buyer is told."),
    ) or closing(request, close, found, by=office.by, back=reverse("county"), now=now)
    if sent is not None:
        return sent
    context: dict[str, Any] = {
        "office": office,
        "conversation": found,
        "contract": found.contract,
        "standing": standing(found, reader=Side.COUNTY, now=now),
        "letter_form": form,
        "close": close,
        "most_photos": 0 if found.closed_at else MOST_LETTER_PHOTOS,
        "once": once.key_of(request),
        "lines": _read(office, found) if request.method == "POST" else (),
    }
    return answered(request, "county/letter.html", context, close if closes else form)


def _found(
    request: HttpRequest, office: Office, conversation_id: int, *, answers: bool, now: datetime
) -> ConversationView:
    """While it is late. An answer sent once more leads where the first led."""
    if answers and once.was_taken(request):
        return load_conversation(
            by=office.by, conversation_id=conversation_id, perm="trade.read_late_letters"
        )
    return load_late_conversation(by=office.by, conversation_id=conversation_id, now=now)


def _read(office: Office, found: ConversationView) -> Any:
    reason = REASON if found.appealed_at is None else ASKED
    letters = read_late_letters(by=office.by, conversation_id=found.id, reason=reason, now=timezone.now())
    return lines_of(found, letters, reader=Side.COUNTY)
