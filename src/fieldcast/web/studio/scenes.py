"""What the page of a session shows in each of its states, read for the page at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from fieldcast.kit.ids import random_code
from fieldcast.live import queries as live
from fieldcast.live.hub.room import clock_ms
from fieldcast.live.types import MessageKind, MessageView, SessionView
from fieldcast.market import queries as market
from fieldcast.settlement import queries as settlement
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferState, OfferView
from fieldcast.web.events import events_of
from fieldcast.web.sessions.brought import what_it_brought
from fieldcast.web.sessions.plan import steps_of
from fieldcast.web.sessions.run_sheet import before_it_begins
from fieldcast.web.shared import once
from fieldcast.web.shared.coming import still_to_come
from fieldcast.web.studio.forms import ReportForm

CHAT_SHOWN: Final = 200


@dataclass(frozen=True)
class Asked:
    """A question with what was answered to it, and the key its answer form is taken under once."""

    question: MessageView
    answers: tuple[MessageView, ...]
    key: str


def planned(session: SessionView, now: datetime) -> dict[str, Any]:
    """The run sheet, and whether anything stands in the way of going live."""
    offers = _on_sale(session)
    before = before_it_begins(session)
    return {
        "offers": offers,
        "pay": before["version"].terms.promises("host"),
        "fee": before["version"].terms.promises("platform"),
        **before,
        "steps": steps_of(2 if offers else 1),
        "hold_minutes": -(-session.hold_seconds // 60),
        "early": (session.starts_at - now).total_seconds() > 30 * 60,
        "late": session.starts_at < now,
    }


def on_air(session: SessionView, now: datetime) -> dict[str, Any]:
    """Everything a host needs at hand while live."""
    since = clock_ms()  # before anything is read: frames later than this are not yet on the page
    chat = live.recent_messages(session_id=session.id, limit=CHAT_SHOWN)
    asked = _with_answers(live.questions(session_id=session.id), chat)
    offers = trade.offers_of_session(session_id=session.id)
    return {
        "offers": offers,
        "packs_sold": sum(offer.sold for offer in offers),
        "open_questions": [one for one in asked if not one.question.answered],
        "answered": [one for one in asked if one.question.answered],
        "chat": chat,
        "hidden": live.hidden_messages(session_id=session.id),
        "keys": {name: random_code(once.LENGTH) for name in ("announce", "transcribe")},
        "transcript": live.transcript(session_id=session.id, limit=CHAT_SHOWN),
        "config": {
            "state": session.state.value,
            "since": since,
            "opened": session.opened_at.isoformat() if session.opened_at else None,
            "explaining": session.explaining_offer_id,
            "urls": {
                "events": events_of(session_id=session.id),
                "state": reverse("live_state", args=[session.id]),
            },
        },
    }


def ended(session: SessionView, now: datetime) -> dict[str, Any]:
    """What the session brought: sales, audience, the check of the report, the money."""
    brought = what_it_brought(session, organisation_id=session.host_id, now=now)
    coming = settlement.coming_to(organisation_id=session.host_id, session_id=session.id)
    packs = trade.session_sales(session_id=session.id).paid.packs
    return {
        **brought,
        "to_come": still_to_come(coming, packs=packs, now=now),
        "signals": market.session_signals(session_id=session.id),
        "settlement": settlement.session_settlement(session_id=session.id),
        "statement": next(iter(brought["statements"]), None),
        "form": ReportForm(),
        "hidden": live.hidden_messages(session_id=session.id),
    }


def called_off(session: SessionView, now: datetime) -> dict[str, Any]:
    """Nothing besides the session: what was set aside for it is free again."""
    return {}


def _on_sale(session: SessionView) -> tuple[OfferView, ...]:
    offers = trade.offers_of_session(session_id=session.id)
    return tuple(offer for offer in offers if offer.state == OfferState.OPEN)


def _with_answers(questions: tuple[MessageView, ...], chat: tuple[MessageView, ...]) -> tuple[Asked, ...]:
    answers: dict[int, list[MessageView]] = {}
    for message in chat:
        if message.kind == MessageKind.ANSWER and message.answers is not None:
            answers.setdefault(message.answers, []).append(message)
    return tuple(
        Asked(question=one, answers=tuple(answers.get(one.id, ())), key=random_code(once.LENGTH))
        for one in questions
    )
