"""A buyer's request for money back in words: what is wrong, how it stands, step by step; for its three readers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE
from fieldcast.kit.errors import Sentence
from fieldcast.trade.types import RequestState, RequestStepView, RequestView, Wrong
from fieldcast.web.shared.words import full_time, local_name, quantity, when, yuan

WRONG: Final[Mapping[Wrong, Sentence]] = {
    Wrong.SPOILT: _("Spoilt or squashed"),
    Wrong.SHORT_WEIGHT: _("Less than promised"),
    Wrong.WRONG_GOODS: _("Not what I ordered"),
    Wrong.NOT_ARRIVED: _("It has not arrived"),
    Wrong.OTHER: _("Something else"),
}
STEPS: Final[Mapping[RequestState, Sentence]] = {
    RequestState.ASKED: _("Asked for %(amount)s back"),
    RequestState.GIVEN: _("Gives %(amount)s back"),
    RequestState.REFUSED: _("Gives nothing back"),
    RequestState.SENT_AGAIN: _("The parcel is brought once more"),
    RequestState.OBJECTED: _("Objects: the county decides"),
    RequestState.UPHELD: _("The county gives %(amount)s back"),
    RequestState.DISMISSED: _("The county gives nothing back"),
    RequestState.WITHDRAWN: _("Took the request back"),
}
# Amber is for what is wrong; that somebody asks is not.
TONES: Final[Mapping[RequestState, str]] = {
    RequestState.ASKED: "sky",
    RequestState.OBJECTED: "sky",
    RequestState.REFUSED: "wait",
    RequestState.DISMISSED: "wait",
    RequestState.WITHDRAWN: "wait",
}


@dataclass(frozen=True)
class Told:
    """A request as a page shows it. `state` says how it stands, in whole sentences."""

    request: RequestView
    wrong: str
    asked: str
    state: str
    events: Sequence[Mapping[str, Any]]
    late: bool
    at_county: bool
    objectable: bool


def told_of(one: RequestView, *, now: datetime, people: bool) -> Told:
    """A request in words; `people`: with the names of who did what, for those who answer it."""
    names = _names(one) if people else {}
    return Told(
        request=one,
        wrong=str(WRONG[one.wrong]),
        asked=quantity(one.packs, "pack") if one.packs else yuan(one.asked_fen),
        state=_state(one, now=now),
        events=[_event(step, one, names) for step in reversed(one.steps)],
        late=one.late(now),
        at_county=one.at_county(now),
        objectable=one.objectable(now),
    )


def told_of_all(found: Iterable[RequestView], *, now: datetime) -> list[Told]:
    """Several requests for their buyer, the newest first."""
    return [told_of(one, now=now, people=False) for one in reversed(tuple(found))]


def answerers(organisation_id: int) -> str:
    """The names of those who may give money back for an organisation, for its people who may not."""
    members = accounts.members_of(organisation_id=organisation_id)
    return gettext(", ").join(person.display_name for person, role in members if role in ANSWERABLE)


def _state(one: RequestView, *, now: datetime) -> str:
    places = {
        "who": local_name(one, "seller_name"),
        "given": yuan(one.given_fen),
        "until": when(one.answer_until, now=now),
    }
    if one.late(now):
        return gettext("%(who)s has not answered in time. The county looks at it now.") % places
    says: Mapping[RequestState, Sentence] = {
        RequestState.ASKED: _("%(who)s answers by %(until)s."),
        RequestState.GIVEN: _("%(given)s go back the way they were paid."),
        RequestState.REFUSED: _("%(who)s gives nothing back; why stands below."),
        RequestState.SENT_AGAIN: _("The parcel is brought once more; how stands below."),
        RequestState.OBJECTED: _("The county looks at it and decides within three working days."),
        RequestState.UPHELD: _("The county has decided: %(given)s go back the way they were paid."),
        RequestState.DISMISSED: _("The county has decided: nothing more goes back; why stands below."),
        RequestState.WITHDRAWN: _("The request was taken back."),
    }
    return str(says[one.state]) % places


def _event(step: RequestStepView, one: RequestView, names: Mapping[int, str]) -> Mapping[str, Any]:
    """A step for the timeline."""
    said = (_who(step, one, names), step.words)
    return {
        "title": str(STEPS[step.state]) % {"amount": yuan(step.amount_fen)},
        "when": full_time(step.at) if names else step.at,
        "text": gettext(": ").join(part for part in said if part),
        "tone": TONES.get(step.state, "paddy"),
    }


def _who(step: RequestStepView, one: RequestView, names: Mapping[int, str]) -> str:
    """Buyers are told which organisation, never which of its people."""
    if step.by_id == one.buyer_id:
        return gettext("%(name)s, the buyer") % {"name": one.buyer_name} if names else ""
    if names:
        return names.get(step.by_id or 0, "")
    return local_name(one, "seller_name") if step.state in (RequestState.GIVEN, RequestState.REFUSED) else ""


def _names(one: RequestView) -> Mapping[int, str]:
    return accounts.display_names(person_ids={step.by_id for step in one.steps if step.by_id is not None})
