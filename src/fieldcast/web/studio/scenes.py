"""What the page of a session shows in each of its states, read for the page at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef, Standing
from fieldcast.agreements import queries as agreements
from fieldcast.kit.errors import Sentence
from fieldcast.kit.ids import random_code
from fieldcast.live import queries as live
from fieldcast.live.hub.room import clock_ms
from fieldcast.live.types import MessageKind, MessageView, SessionView
from fieldcast.market import queries as market
from fieldcast.settlement import queries as settlement
from fieldcast.supervision import queries as supervision
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferState, OfferView
from fieldcast.web.shared import once
from fieldcast.web.shared.flow import flow_parts

CHAT_SHOWN: Final = 200
STEPS: Final[tuple[Sentence, ...]] = (_("Plan"), _("Goods"), _("Go live"))


@dataclass(frozen=True)
class Asked:
    """A question with what was answered to it, and the key its answer form is taken under once."""

    question: MessageView
    answers: tuple[MessageView, ...]
    key: str


def steps_of(now: int) -> list[dict[str, object]]:
    """How far a plan has come: `now` is the step at hand, from 0."""
    states = ["done" if place < now else "now" if place == now else "next" for place in range(len(STEPS))]
    return [{"title": title, "state": state} for title, state in zip(STEPS, states, strict=True)]


def planned(*, session: SessionView, now: datetime) -> dict[str, Any]:
    """The run sheet, and whether anything stands in the way of going live."""
    offers = _on_sale(session)
    version = agreements.version(version_id=session.agreement_version_id)
    return {
        "session": session,
        "offers": offers,
        "version": version,
        "steps": steps_of(2 if offers else 1),
        "near": live.near_in_time(host_id=session.host_id, starts_at=session.starts_at, but=session.id),
        "suspended": _suspended(session),
        "not_agreed": trade.not_agreed(session=session),
        "hold_minutes": -(-session.hold_seconds // 60),
        "early": (session.starts_at - now).total_seconds() > 30 * 60,
        "late": session.starts_at < now,
    }


def on_air(*, session: SessionView) -> dict[str, Any]:
    """Everything a host needs at hand while live."""
    since = clock_ms()  # before anything is read: frames later than this are not yet on the page
    chat = live.recent_messages(session_id=session.id, limit=CHAT_SHOWN)
    asked = _with_answers(live.questions(session_id=session.id), chat)
    offers = trade.offers_of_session(session_id=session.id)
    return {
        "session": session,
        "offers": offers,
        "packs_sold": sum(offer.sold for offer in offers),
        "open_questions": [one for one in asked if not one.question.answered],
        "answered": [one for one in asked if one.question.answered],
        "chat": chat,
        "keys": {name: random_code(once.LENGTH) for name in ("announce", "transcribe")},
        "transcript": live.transcript(session_id=session.id, limit=CHAT_SHOWN),
        "config": {
            "state": session.state.value,
            "since": since,
            "opened": session.opened_at.isoformat() if session.opened_at else None,
            "explaining": session.explaining_offer_id,
            "urls": {name: reverse(f"live_{name}", args=[session.id]) for name in ("events", "state")},
        },
    }


def ended(*, session: SessionView, now: datetime) -> dict[str, Any]:
    """What the session brought: sales, audience, the check of the report, the money."""
    statements = settlement.statements(
        county_id=session.county_id, organisation_id=session.host_id, session_id=session.id
    ).items
    return {
        "session": session,
        "signals": market.session_signals(session_id=session.id),
        "check": supervision.verify_session(session_id=session.id, now=now),
        "flow": flow_parts(settlement.where_it_went(session_id=session.id)),
        "settlement": settlement.session_settlement(session_id=session.id),
        "statement": next(iter(statements), None),
    }


def _on_sale(session: SessionView) -> tuple[OfferView, ...]:
    offers = trade.offers_of_session(session_id=session.id)
    return tuple(offer for offer in offers if offer.state == OfferState.OPEN)


def _suspended(session: SessionView) -> OrganisationRef | None:
    """Whoever of the session's parties may not go live at the moment."""
    parties = accounts.organisations_by_ids(ids=set(session.runners))
    return next((one for one in parties.values() if one.standing == Standing.SUSPENDED), None)


def _with_answers(questions: tuple[MessageView, ...], chat: tuple[MessageView, ...]) -> tuple[Asked, ...]:
    answers: dict[int, list[MessageView]] = {}
    for message in chat:
        if message.kind == MessageKind.ANSWER and message.answers is not None:
            answers.setdefault(message.answers, []).append(message)
    return tuple(
        Asked(question=one, answers=tuple(answers.get(one.id, ())), key=random_code(once.LENGTH))
        for one in questions
    )
