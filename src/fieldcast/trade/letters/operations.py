"""Writes of conversations: a buyer writes about an order or a lot, the seller answers, or says why no answer is needed;
of an order that is paid the seller may write first.

What always holds: a conversation has one item on the desk while its buyer waits, none otherwise; what is written into
one without a paid order keeps no phone number and no chat id (`live.contacts`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from fieldcast.accounts import limits
from fieldcast.accounts.access import require, require_now
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import queries as catalog
from fieldcast.files.sent import DrawnPhoto, Photo
from fieldcast.kit.errors import NotFound
from fieldcast.live.contacts import without_contacts
from fieldcast.trade import photos as pictures
from fieldcast.trade.letters import closing, queries, told
from fieldcast.trade.letters.entering import (
    about,
    check_active,
    locked,
    plain_reason,
    plain_words,
    side_of,
    spend,
)
from fieldcast.trade.letters.problems import (
    ConversationClosed,
    NothingWaits,
    NotPaidYet,
    TooManyConversations,
    TooManyLetters,
)
from fieldcast.trade.letters.types import MOST_LETTER_PHOTOS, ConversationView, Side
from fieldcast.trade.models import Conversation, Letter, LetterPhoto, Order


def draw_letter_photos(*, by: SignedIn, photos: Sequence[Photo]) -> tuple[DrawnPhoto, ...]:
    """Pictures as they will be kept with a letter, before any transaction: see `files.operations.draw_sent`.

    Raises `AccountEnded`, `TooManyPhotos`, and what that raises.
    """
    pictures.check_number(photos, most=MOST_LETTER_PHOTOS)
    check_active(by)
    return pictures.draw(photos, by=by)


def write_about_order(
    *, by: SignedIn, order_id: int, words: str, now: datetime, photos: Sequence[DrawnPhoto] = ()
) -> ConversationView:
    """The buyer writes to the seller of their order; `photos` by `draw_letter_photos`.

    Raises `NotFound` for anyone else's order, `NothingWritten`, `TooManyPhotos`, `TooManyLetters`,
    `TooManyConversations`, `AccountEnded`.
    """
    order = Order.objects.defer("delivery").filter(id=order_id).first()
    if order is None:
        raise NotFound("order")
    require(by, "trade.write_about_order", order)

    def begin() -> Conversation:
        return Conversation(county_id=order.county_id, seller_id=order.seller_id, order=order)

    with transaction.atomic():
        return _from_buyer(by, begin, words, photos, now, order_id=order_id)


def write_about_lot(
    *, by: SignedIn, lot_id: int, words: str, now: datetime, photos: Sequence[DrawnPhoto] = ()
) -> ConversationView:
    """Anyone writes to the cooperative of a lot; who bought of it and wrote nothing so far, about that order.

    Raises `NotFound` for no lot, and as `write_about_order`.
    """
    lot = catalog.lot(lot_id=lot_id)
    if not Conversation.objects.filter(buyer_id=by.pk, lot_id=lot_id).exists():
        bought = queries.order_of_lot(buyer_id=by.pk, lot_id=lot_id)
        if bought is not None:
            return write_about_order(by=by, order_id=bought[0], words=words, now=now, photos=photos)

    def begin() -> Conversation:
        return Conversation(county_id=lot.county_id, seller_id=lot.cooperative_id, lot_id=lot_id)

    with transaction.atomic():
        return _from_buyer(by, begin, words, photos, now, lot_id=lot_id)


def write_to_buyer(
    *, by: SignedIn, order_id: int, words: str, now: datetime, photos: Sequence[DrawnPhoto] = ()
) -> ConversationView:
    """The seller's people write to the buyer of an order, also where the buyer has written nothing; nobody waits then.

    Raises `NotFound` for another seller's order, `NotPaidYet`, and as `write_about_order`.
    """
    order = Order.objects.defer("delivery").filter(id=order_id).first()
    if order is None:
        raise NotFound("order")
    require(by, "trade.write_to_buyer", order)
    if order.paid_at is None:
        raise NotPaidYet
    with transaction.atomic():
        check_active(by)
        spend(limits.ANSWERS, by, now, TooManyLetters)
        new = Conversation(
            county_id=order.county_id,
            seller_id=order.seller_id,
            order=order,
            buyer_id=order.buyer_id,
            begun_at=now,
            last_at=now,
        )
        Conversation.objects.bulk_create([new], ignore_conflicts=True)  # the buyer may have written meanwhile
        row = Conversation.objects.select_for_update(of=("self",)).get(order_id=order.pk)
        require_now(by, "trade.write_to_buyer", order)
        return _to_buyer(row, Side.SELLER, by=by, words=words, photos=photos, now=now)


def write_letter(
    *, by: SignedIn, conversation_id: int, words: str, now: datetime, photos: Sequence[DrawnPhoto] = ()
) -> ConversationView:
    """Write into a conversation that there is: its buyer, the seller's people, or the county once it is late.

    The first answer ends the wait. Into a closed one the county alone writes, to whoever wrote to it. Raises `NotFound`
    for strangers, `ConversationClosed`, and as `write_about_order`.
    """
    view = queries.conversation(conversation_id=conversation_id)
    if view.buyer_id == by.pk and view.order_id is not None:
        return write_about_order(by=by, order_id=view.order_id, words=words, now=now, photos=photos)
    if view.buyer_id == by.pk and view.lot_id is not None:
        return write_about_lot(by=by, lot_id=view.lot_id, words=words, now=now, photos=photos)
    side_of(by, view, now)
    with transaction.atomic():
        check_active(by)
        spend(limits.ANSWERS, by, now, TooManyLetters)
        row, view = locked(conversation_id)
        side = side_of(by, view, now)
        if side == Side.COUNTY and row.appealed_at is not None:
            return closing.answer_from_county(row, by=by, words=words, now=now)
        return _to_buyer(row, side, by=by, words=words, photos=photos, now=now)


def let_letter_be(*, by: SignedIn, conversation_id: int, reason: str, now: datetime) -> ConversationView:
    """What waits needs no answer: why is kept for the seller's people, and told to nobody.

    Raises `NotFound` for strangers, `NothingWaits`, `NoReason`, `AccountEnded`.
    """
    with transaction.atomic():
        check_active(by)
        row, view = locked(conversation_id)
        require_now(by, "trade.answer_letters", view)
        plain = plain_reason(reason)
        if row.waiting_since is None:
            raise NothingWaits
        told.waits_no_more(row, by=by, words=told.LET_BE, now=now)
        Letter.objects.create(conversation=row, side=Side.LET_BE.value, by_id=by.pk, at=now, words=plain)
        row.waiting_since = row.answer_until = None
        row.save(update_fields=["waiting_since", "answer_until"])
    return queries.conversation(conversation_id=conversation_id)


def _to_buyer(
    row: Conversation,
    side: Side,
    *,
    by: SignedIn,
    words: str,
    photos: Sequence[DrawnPhoto],
    now: datetime,
) -> ConversationView:
    """A letter to the buyer, under the conversation's lock: whoever waited waits no more, and the buyer is told."""
    view = queries.conversation(conversation_id=row.pk) if row.letters.exists() else None
    letter = _write(row, view, side, by=by, words=words, photos=photos, now=now)
    if row.waiting_since is not None:
        told.waits_no_more(row, by=by, words=told.ANSWERED, now=now)
        row.waiting_since = row.answer_until = None
    row.save(update_fields=["last_at", "waiting_since", "answer_until"])
    written = queries.conversation(conversation_id=row.pk)
    told.tell_buyer(letter, written, now=now)
    return written


def _from_buyer(
    by: SignedIn,
    begin: Callable[[], Conversation],
    words: str,
    photos: Sequence[DrawnPhoto],
    now: datetime,
    **of: int,
) -> ConversationView:
    """A buyer's letter: into the conversation `of` that order or lot, which begins with it where there is none."""
    check_active(by)
    spend(limits.LETTERS, by, now, TooManyLetters)
    mine = Conversation.objects.filter(buyer_id=by.pk, **of)
    begins = not mine.exists()
    if begins:
        spend(limits.CONVERSATIONS, by, now, TooManyConversations)
        new = begin()
        new.buyer_id, new.begun_at, new.last_at = by.pk, now, now
        Conversation.objects.bulk_create([new], ignore_conflicts=True)  # of two first letters one begins it
    row = mine.select_for_update(of=("self",)).get()
    view = None if begins and not row.letters.exists() else queries.conversation(conversation_id=row.pk)
    if view is not None:
        told.has_read(view, now=now)
    letter = _write(row, view, Side.BUYER, by=by, words=words, photos=photos, now=now)
    if row.waiting_since is None:
        row.asked += 1
        row.waiting_since = letter.at
        row.answer_until = told.begins_to_wait(row, about(row), by=by, now=now)
    row.save(update_fields=["last_at", "asked", "waiting_since", "answer_until"])
    return queries.conversation(conversation_id=row.pk)


def _write(
    row: Conversation,
    view: ConversationView | None,
    side: Side,
    *,
    by: SignedIn,
    words: str,
    photos: Sequence[DrawnPhoto],
    now: datetime,
) -> Letter:
    """One letter with its photos, under the conversation's lock. `view` None: the first one."""
    if row.closed_at is not None:
        raise ConversationClosed
    plain = plain_words(words)
    pictures.check_number(photos, most=MOST_LETTER_PHOTOS)
    contract = view.contract if view is not None else row.order is not None and row.order.paid_at is not None
    kept = plain if contract else without_contacts(plain)
    letter = Letter.objects.create(conversation=row, side=side.value, by_id=by.pk, at=now, words=kept)
    files = pictures.keep(photos, by=by, county_id=row.county_id, now=now)
    LetterPhoto.objects.bulk_create(LetterPhoto(letter=letter, file_id=file.id) for file in files)
    row.last_at = now
    return letter
