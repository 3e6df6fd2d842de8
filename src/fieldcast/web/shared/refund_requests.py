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
from fieldcast.trade import queries as trade
from fieldcast.trade.aftersales.types import TAKEN_BACK
from fieldcast.trade.types import (
    BorneBy,
    HeldFor,
    Remedy,
    RequestState,
    RequestStepView,
    RequestView,
    Wrong,
)
from fieldcast.web.shared.words import full_time, local_name, quantity, when, yuan

WRONG: Final[Mapping[Wrong, Sentence]] = {
    Wrong.SPOILT: _("Spoilt or squashed"),
    Wrong.SHORT_WEIGHT: _("Less than promised"),
    Wrong.WRONG_GOODS: _("Not what I ordered"),
    Wrong.NOT_ARRIVED: _("It has not arrived"),
    Wrong.OTHER: _("Something else"),
}
REMEDIES: Final[Mapping[Remedy, Sentence]] = {
    Remedy.REFUND_ONLY: _("The money alone"),
    Remedy.RETURN_AND_REFUND: _("It goes back, then the money"),
    Remedy.EXCHANGE: _("Other goods for it"),
    Remedy.PART: _("A part of the price"),
}
BEARERS: Final[Mapping[BorneBy, Sentence]] = {
    BorneBy.FARMER: _("Farmer: it was so when picked"),
    BorneBy.PACKER: _("Cooperative: sorting or packing"),
    BorneBy.CARRIER: _("Carrier: on the way"),
    BorneBy.HOST: _("Host: said otherwise in the room"),
    BorneBy.PLATFORM: _("Platform: nobody of these"),
}
STEPS: Final[Mapping[RequestState, Sentence]] = {
    RequestState.ASKED: _("Asked for %(amount)s back"),
    RequestState.GIVEN: _("Gives %(amount)s back"),
    RequestState.REFUSED: _("Gives nothing back"),
    RequestState.GRANTED: _("Not answered in time: %(amount)s go back by themselves"),
    RequestState.SENT_AGAIN: _("The parcel is brought once more"),
    RequestState.EXCHANGED: _("Sends other goods"),
    RequestState.AGREED: _("The goods may go back"),
    RequestState.SENT_BACK: _("Sent the goods back"),
    RequestState.OBJECTED: _("Objects: the county decides"),
    RequestState.UPHELD: _("The county gives %(amount)s back"),
    RequestState.DISMISSED: _("The county gives nothing back"),
    RequestState.APPEALED: _("Appeals against the decision"),
    RequestState.FINAL: _("The county decides the appeal: %(amount)s more"),
    RequestState.WITHDRAWN: _("The request ended"),
}
# Amber is for what is wrong; that somebody asks is not.
TONES: Final[Mapping[RequestState, str]] = {
    RequestState.ASKED: "sky",
    RequestState.SENT_BACK: "sky",
    RequestState.OBJECTED: "sky",
    RequestState.APPEALED: "sky",
    RequestState.REFUSED: "wait",
    RequestState.DISMISSED: "wait",
    RequestState.WITHDRAWN: "wait",
}


SELLERS: Final = (RequestState.GIVEN, RequestState.REFUSED, RequestState.AGREED, RequestState.EXCHANGED)


@dataclass(frozen=True)
class Told:
    """A request as a page shows it. `state` says how it stands, in whole sentences; `held` why a person looks at it."""

    request: RequestView
    wrong: str
    remedy: str
    asked: str
    held: str
    state: str
    events: Sequence[Mapping[str, Any]]
    late: bool
    at_county: bool
    objectable: bool
    appealable: bool
    withdraws: bool

    @property
    def counts_goods(self) -> bool:
        """Does `asked` say goods, so that the sum is to be said beside it?"""
        return bool(self.request.packs or self.request.damaged_units)

    @property
    def sends_back(self) -> bool:
        """Is its buyer asked to send the goods back?"""
        return self.request.state == RequestState.AGREED


def told_of(one: RequestView, *, now: datetime, people: bool, unit: str) -> Told:
    """A request in words; `people`: with the names of who did what, for those who answer it. `unit`: of its goods."""
    names = _names(one) if people else {}
    return Told(
        request=one,
        wrong=str(WRONG[one.wrong]),
        remedy=str(REMEDIES[one.remedy]),
        asked=_asked(one, unit),
        held=_held(one, people=people),
        state=_state(one, now=now),
        events=[_event(step, one, names) for step in reversed(one.steps)],
        late=one.late(now),
        at_county=one.at_county(now),
        objectable=one.objectable(now),
        appealable=one.appealable(now),
        withdraws=one.state in TAKEN_BACK,
    )


def told_of_all(found: Iterable[RequestView], *, now: datetime, unit: str) -> list[Told]:
    """Several requests for their buyer, the newest first."""
    return [told_of(one, now=now, people=False, unit=unit) for one in reversed(tuple(found))]


def answerers(organisation_id: int) -> str:
    """The names of those who may give money back for an organisation, for its people who may not."""
    members = accounts.members_of(organisation_id=organisation_id)
    return gettext(", ").join(person.display_name for person, role in members if role in ANSWERABLE)


def _asked(one: RequestView, unit: str) -> str:
    """How much it is about: packs, bad units of all, or a sum."""
    if one.damaged_units:
        places = {"bad": quantity(one.damaged_units, unit), "all": quantity(one.all_units, unit)}
        return gettext("%(bad)s of %(all)s bad") % places
    return quantity(one.packs, "pack") if one.packs else yuan(one.asked_fen)


def _held(one: RequestView, *, people: bool) -> str:
    """Why it is not granted by itself, to its buyer or to those who answer it."""
    if not one.held:
        return ""
    if one.held_for == HeldFor.LATE:
        hours = trade.after_sales_of(county_id=one.county_id).damage_hours
        return gettext(
            "Damage is reported within %(hours)s hours of receipt; this was later. So a person looks at it: it is not"
            " granted by itself."
        ) % {"hours": hours}
    if people:
        return gettext(
            "This buyer asked unusually often in three months: a person looks at it. That alone refuses nothing."
        )
    return gettext(
        "You asked for money back unusually often in three months. So a person looks at it: it is not granted by"
        " itself, and it is not refused for that."
    )


SAYS: Final[Mapping[RequestState, Sentence]] = {
    RequestState.ASKED: _("%(who)s answers by %(until)s; if not, it is granted by itself."),
    RequestState.GIVEN: _("%(given)s go back the way they were paid."),
    RequestState.GRANTED: _("%(who)s did not answer in time, so %(given)s go back the way they were paid."),
    RequestState.REFUSED: _("%(who)s gives nothing back; why stands below."),
    RequestState.SENT_AGAIN: _("The parcel is brought once more; how stands below."),
    RequestState.EXCHANGED: _("Other goods are on their way; nothing more is paid."),
    RequestState.AGREED: _(
        "The goods may go back until %(until)s; where to stands below. Then the money goes."
    ),
    RequestState.SENT_BACK: _(
        "The goods are on their way back. %(who)s says by %(until)s that they have come."
    ),
    RequestState.OBJECTED: _("The county looks at it and decides by %(until)s."),
    RequestState.UPHELD: _("The county has decided: %(given)s go back the way they were paid."),
    RequestState.DISMISSED: _("The county has decided: nothing more goes back; why stands below."),
    RequestState.APPEALED: _("Somebody else of the county decides the appeal by %(until)s."),
    RequestState.FINAL: _("The county has decided the appeal, finally: %(given)s go back in all."),
    RequestState.WITHDRAWN: _("The request has ended."),
}


def _state(one: RequestView, *, now: datetime) -> str:
    places = {
        "who": local_name(one, "seller_name"),
        "given": yuan(one.given_fen),
        "until": when(one.due_at or one.answer_until, now=now),
    }
    if one.held and one.late(now):
        return gettext("%(who)s has not answered in time. The county looks at it now.") % places
    if one.held and one.state == RequestState.ASKED:
        return gettext("%(who)s answers by %(until)s; if not, the county does.") % places
    return str(SAYS[one.state]) % places


def _event(step: RequestStepView, one: RequestView, names: Mapping[int, str]) -> Mapping[str, Any]:
    """A step for the timeline."""
    bears = gettext("Borne by: %(who)s") % {"who": BEARERS[step.borne_by]} if step.borne_by else ""
    said = (_who(step, one, names), step.words)
    return {
        "title": str(STEPS[step.state]) % {"amount": yuan(step.amount_fen)},
        "when": full_time(step.at) if names else step.at,
        "text": " · ".join(part for part in (gettext(": ").join(filter(None, said)), bears) if part),
        "tone": TONES.get(step.state, "paddy"),
    }


def _who(step: RequestStepView, one: RequestView, names: Mapping[int, str]) -> str:
    """Buyers are told which organisation, never which of its people."""
    if step.by_id == one.buyer_id:
        return gettext("%(name)s, the buyer") % {"name": one.buyer_name} if names else ""
    if names:
        return names.get(step.by_id or 0, "")
    return local_name(one, "seller_name") if step.by_id and step.state in SELLERS else ""


def _names(one: RequestView) -> Mapping[int, str]:
    return accounts.display_names(person_ids={step.by_id for step in one.steps if step.by_id is not None})
