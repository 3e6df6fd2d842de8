"""Buyers and sellers write to each other. Photos are sent on the pages."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts.loaders import load_organisation
from fieldcast.api.fields import PageNumber, PathId, Words
from fieldcast.api.letters.schemas import CloseIn, ConversationOut, LetterIn, NoAnswerIn
from fieldcast.api.once import once
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.trade import loaders
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import LetterState

router = Router(tags=["trade"])


@router.get("/me/conversations", response={200: PageOut[ConversationOut], **RESPONSES}, summary="My letters")
def list_my_letters(request: HttpRequest, page: PageNumber = 1) -> Any:
    """My conversations with sellers, the latest first, each with its last letter."""
    found = trade.conversations_of_buyer(buyer_id=person_of(request).pk, page=page)
    return {**page_of(found), "items": [ConversationOut.of(one) for one in found.items]}


@router.get(
    "/organisations/{organisation_id}/conversations",
    response={200: PageOut[ConversationOut], **RESPONSES},
    summary="Letters to us",
)
def list_letters_to_us(
    request: HttpRequest, organisation_id: PathId, state: LetterState | None = None, page: PageNumber = 1
) -> Any:
    """Conversations of a cooperative I work in, those that wait longest first, each with its last letter."""
    ours = load_organisation(by=person_of(request), organisation_id=organisation_id)
    found = trade.conversations_of_seller(seller_id=ours.id, state=state, page=page)
    return {**page_of(found), "items": [ConversationOut.of(one) for one in found.items]}


@router.get(
    "/conversations/{conversation_id}", response={200: ConversationOut, **RESPONSES}, summary="A conversation"
)
def read_letters(request: HttpRequest, conversation_id: PathId) -> Any:
    """Its newest fifty letters, for its buyer and the seller's people."""
    found = loaders.load_conversation(by=person_of(request), conversation_id=conversation_id)
    mine = found.buyer_id == person_of(request).pk
    return ConversationOut.of(found, trade.letters_of(conversation_id=found.id, to_county=mine))


@router.post(
    "/orders/{number}/letters", response={201: ConversationOut, **RESPONSES}, summary="Write about an order"
)
@once
def write_about_order(request: HttpRequest, number: Words, body: LetterIn) -> Any:
    """Its buyer writes to the seller, who has until the end of the next working day."""
    person = person_of(request)
    order = loaders.load_order_to_write(by=person, number=number)
    with transaction.atomic():
        written = trade_operations.write_about_order(
            by=person, order_id=order.id, words=body.words, now=timezone.now()
        )
    return Status(201, ConversationOut.of(written))


@router.post(
    "/orders/{number}/letters-to-buyer",
    response={201: ConversationOut, **RESPONSES},
    summary="Write to a buyer",
)
@once
def write_to_buyer(request: HttpRequest, number: Words, body: LetterIn) -> Any:
    """The seller's people write about a paid order, also where its buyer has written nothing."""
    person = person_of(request)
    order = loaders.load_order_to_write_first(by=person, number=number)
    with transaction.atomic():
        written = trade_operations.write_to_buyer(
            by=person, order_id=order.id, words=body.words, now=timezone.now()
        )
    return Status(201, ConversationOut.of(written))


@router.post(
    "/lots/{lot_id}/letters", response={201: ConversationOut, **RESPONSES}, summary="Write about a lot"
)
@once
def write_about_lot(request: HttpRequest, lot_id: PathId, body: LetterIn) -> Any:
    """Write to the cooperative before buying; who has bought of the lot first writes about that order."""
    with transaction.atomic():
        written = trade_operations.write_about_lot(
            by=person_of(request), lot_id=lot_id, words=body.words, now=timezone.now()
        )
    return Status(201, ConversationOut.of(written))


@router.post(
    "/conversations/{conversation_id}/letters",
    response={201: ConversationOut, **RESPONSES},
    summary="Write into a conversation",
)
@once
def write_letter(request: HttpRequest, conversation_id: PathId, body: LetterIn) -> Any:
    """Its buyer, or the seller's people; the county when the answer is late. The first answer ends the wait."""
    with transaction.atomic():
        written = trade_operations.write_letter(
            by=person_of(request), conversation_id=conversation_id, words=body.words, now=timezone.now()
        )
    return Status(201, ConversationOut.of(written))


@router.post(
    "/conversations/{conversation_id}/no-answer",
    response={200: ConversationOut, **RESPONSES},
    summary="Needs no answer",
)
@once
def needs_no_answer(request: HttpRequest, conversation_id: PathId, body: NoAnswerIn) -> Any:
    """The seller's people write down why; the buyer is not told."""
    with transaction.atomic():
        return ConversationOut.of(
            trade_operations.let_letter_be(
                by=person_of(request),
                conversation_id=conversation_id,
                reason=body.reason,
                now=timezone.now(),
            )
        )


@router.post(
    "/conversations/{conversation_id}/close",
    response={200: ConversationOut, **RESPONSES},
    summary="Close a conversation",
)
@once
def close_conversation(request: HttpRequest, conversation_id: PathId, body: CloseIn) -> Any:
    """The seller's people, or the county while it may read it, close it for both sides; the buyer reads why."""
    with transaction.atomic():
        return ConversationOut.of(
            trade_operations.close_conversation(
                by=person_of(request),
                conversation_id=conversation_id,
                reason=body.reason,
                now=timezone.now(),
            )
        )


@router.post(
    "/conversations/{conversation_id}/county",
    response={201: ConversationOut, **RESPONSES},
    summary="Write to the county",
)
@once
def write_to_county(request: HttpRequest, conversation_id: PathId, body: LetterIn) -> Any:
    """The buyer of a closed conversation writes to the county about it; the seller does not read it."""
    with transaction.atomic():
        written = trade_operations.write_to_county(
            by=person_of(request), conversation_id=conversation_id, words=body.words, now=timezone.now()
        )
    return Status(201, ConversationOut.of(written))
