"""Reads of conversations between buyers and sellers."""

from collections.abc import Sequence

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from fieldcast.accounts import queries as accounts
from fieldcast.kit.errors import NotFound
from fieldcast.kit.pages import Page, paginate
from fieldcast.trade.letters.types import A_SIGHT, ConversationView, LetterState, LetterView, Side
from fieldcast.trade.models import Conversation, Letter, LetterPhoto, Order

TO_COUNTY = (Side.APPEAL.value, Side.REPLY.value)  # between buyer and county alone
NOT_FOR_BOTH = (Side.LET_BE.value, *TO_COUNTY)


def conversation(*, conversation_id: int) -> ConversationView:
    """One conversation. Raises `NotFound`."""
    found = _first(Conversation.objects.filter(id=conversation_id))
    if found is None:
        raise NotFound("conversation")
    return found


def conversation_of_order(*, order_id: int) -> ConversationView | None:
    """What was written about an order; None where nothing was."""
    return _first(Conversation.objects.filter(order_id=order_id))


def conversation_about_lot(*, buyer_id: int, lot_id: int) -> ConversationView | None:
    """What a buyer wrote about a lot; where they bought of it before they wrote about it, what of that order.

    None where they wrote of neither.
    """
    of_lot = _first(Conversation.objects.filter(buyer_id=buyer_id, lot_id=lot_id))
    if of_lot is not None:
        return of_lot
    bought = order_of_lot(buyer_id=buyer_id, lot_id=lot_id)
    return None if bought is None else conversation_of_order(order_id=bought[0])


def order_of_lot(*, buyer_id: int, lot_id: int) -> tuple[int, str] | None:
    """Id and number of the latest order that a buyer has paid of a lot; None where there is none."""
    paid = Order.objects.filter(buyer_id=buyer_id, paid_at__isnull=False, lines__lot_id=lot_id)
    return paid.order_by("-id").values_list("id", "number").first()


def conversations_of_buyer(*, buyer_id: int, page: int = 1, per_page: int = 20) -> Page[ConversationView]:
    """What a person wrote to sellers, the latest first."""
    rows = Conversation.objects.filter(buyer_id=buyer_id).order_by("-last_at", "-id")
    return paginate(_counted(rows), _views, page, per_page)


def conversations_of_seller(
    *,
    seller_id: int,
    state: LetterState | None = None,
    search: str = "",
    page: int = 1,
    per_page: int = 25,
) -> Page[ConversationView]:
    """A cooperative's conversations: those that wait first, for longest first of all; then the latest.

    `search` looks in order numbers, lot codes and buyers' names.
    """
    rows = Conversation.objects.filter(seller_id=seller_id)
    if state is not None:
        rows = rows.filter(waiting_since__isnull=state != LetterState.OPEN)
    if words := search.strip().replace("\x00", ""):
        rows = rows.filter(
            Q(order__number__icontains=words)
            | Q(lot__code__icontains=words)
            | Q(buyer__display_name__icontains=words)
        )
    rows = rows.order_by(F("waiting_since").asc(nulls_last=True), "-last_at", "-id")
    return paginate(_counted(rows), _views, page, per_page)


def letters_waiting(*, seller_id: int) -> int:
    """How many buyers wait for an answer of a cooperative."""
    return Conversation.objects.filter(seller_id=seller_id, waiting_since__isnull=False).count()


def letters_of(
    *,
    conversation_id: int,
    notes: bool = False,
    to_county: bool = False,
    before: int | None = None,
    limit: int = A_SIGHT,
) -> tuple[LetterView, ...]:
    """The newest letters in the order they came, or those `before` one.

    `notes`, for the seller's people: also why one was let be. `to_county`, for the other two: also what they wrote to
    each other.
    """
    rows = Letter.objects.filter(conversation_id=conversation_id)
    rows = rows if notes else rows.exclude(side=Side.LET_BE.value)
    rows = rows if to_county else rows.exclude(side__in=TO_COUNTY)
    rows = rows if before is None else rows.filter(id__lt=before)
    return tuple(_letter(row) for row in reversed(_with_photos(rows).order_by("-id")[:limit]))


def conversation_of_photo(*, file_id: int) -> ConversationView:
    """The conversation that a picture came into. Raises `NotFound`."""
    found = (
        LetterPhoto.objects.filter(file_id=file_id).values_list("letter__conversation_id", flat=True).first()
    )
    if found is None:
        raise NotFound("photo")
    return conversation(conversation_id=found)


def _first(rows: "QuerySet[Conversation]") -> ConversationView | None:
    return next(iter(_views(list(_counted(rows)[:1]))), None)


def _counted(rows: "QuerySet[Conversation]") -> "QuerySet[Conversation]":
    both = Q(letters__side__in=[side.value for side in Side if side.value not in NOT_FOR_BOTH])
    return rows.select_related("order", "lot").defer("order__delivery").annotate(
        written=Count("letters", filter=both), newest=Max("letters", filter=both)
    )  # fmt: skip


def _with_photos(rows: "QuerySet[Letter]") -> "QuerySet[Letter]":
    return rows.prefetch_related(Prefetch("photos", queryset=LetterPhoto.objects.order_by("id")))


def _views(rows: Sequence[Conversation]) -> list[ConversationView]:
    """Conversations with their names and what was written last, read for all of them at once."""
    names = accounts.display_names(person_ids={row.buyer_id for row in rows})
    sellers = accounts.organisations_by_ids(ids={row.seller_id for row in rows})
    newest = _with_photos(Letter.objects.filter(id__in=[row.newest for row in rows]))  # type: ignore[attr-defined]
    latest = {row.conversation_id: _letter(row) for row in newest}
    return [
        ConversationView(
            id=row.pk,
            county_id=row.county_id,
            buyer_id=row.buyer_id,
            buyer_name=names[row.buyer_id],
            seller_id=row.seller_id,
            seller_name=sellers[row.seller_id].name,
            seller_name_en=sellers[row.seller_id].name_en,
            order_id=row.order_id,
            order_number=row.order.number if row.order else "",
            lot_id=row.lot_id,
            lot_code=row.lot.code if row.lot else "",
            contract=row.order is not None and row.order.paid_at is not None,
            begun_at=row.begun_at,
            last_at=row.last_at,
            waiting_since=row.waiting_since,
            answer_until=row.answer_until,
            closed_at=row.closed_at,
            appealed_at=row.appealed_at,
            letters=row.written,  # type: ignore[attr-defined]  # counted beside the row
            latest=latest[row.pk],
        )
        for row in rows
    ]


def _letter(row: Letter) -> LetterView:
    return LetterView(
        id=row.pk,
        side=Side(row.side),
        by_id=row.by_id,
        at=row.at,
        words=row.words,
        photos=tuple(one.file_id for one in row.photos.all()),
    )
