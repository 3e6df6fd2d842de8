"""Requests and invitations in words: what each kind is and asks for, how a request stands, step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import Role
from fieldcast.joining.requests.wanted import WANTED
from fieldcast.joining.types import JoinKind, JoinRequestView, JoinState, JoinStepView
from fieldcast.kit.errors import Sentence
from fieldcast.web.shared.words import full_time, local_name, quantity, when


@dataclass(frozen=True)
class Wish:
    """A kind of request: `does` says what one does then, `needs` what is needed for it."""

    title: Sentence
    does: Sentence
    needs: Sentence
    icon: str


WISHES: Final[Mapping[JoinKind, Wish]] = {
    JoinKind.FARMER: Wish(
        title=_("I farm"),
        does=_("Your harvest is sold in live sessions, and you see what each box brought you and why."),
        needs=_("You need land in one of the county's villages; a cooperative can take you in."),
        icon="field",
    ),
    JoinKind.SELLER: Wish(
        title=_("We want to sell"),
        does=_("Your cooperative registers what was picked, agrees terms with hosts, packs and sends."),
        needs=_("You need a licence of the cooperative, and somebody who packs every day there are orders."),
        icon="bag",
    ),
    JoinKind.HOST: Wish(
        title=_("I want to host"),
        does=_("You show cooperatives' goods in live sessions and get a share of what is sold."),
        needs=_("You need a phone with a camera; the cooperative you agree with shows you its goods."),
        icon="camera",
    ),
    JoinKind.CARRIER: Wish(
        title=_("I carry"),
        does=_("You fetch packed parcels from cooperatives and bring them on their way, paid by parcel."),
        needs=_("You need a vehicle and the townships in which you fetch; for fruit a cold one is better."),
        icon="truck",
    ),
}
LABELS: Final[Mapping[tuple[JoinKind, str], Sentence]] = {
    (JoinKind.FARMER, "name"): _("The household's name"),
    (JoinKind.SELLER, "name"): _("The organisation's name"),
    (JoinKind.HOST, "name"): _("The name viewers see"),
    (JoinKind.CARRIER, "name"): _("The company's name"),
    (JoinKind.FARMER, "village"): _("Village"),
    (JoinKind.SELLER, "village"): _("Village"),
    (JoinKind.FARMER, "cooperative"): _("Cooperative"),
    (JoinKind.HOST, "cooperative"): _("Which cooperative would you like to work with?"),
    (JoinKind.FARMER, "grows"): _("What do you grow?"),
    (JoinKind.FARMER, "area_mu"): _("About how many mu?"),
    (JoinKind.SELLER, "licence"): _("Licence number"),
    (JoinKind.SELLER, "sells"): _("What do you want to sell?"),
    (JoinKind.HOST, "about"): _("A sentence about yourself"),
    (JoinKind.HOST, "experience"): _("What have you done before?"),
    (JoinKind.HOST, "links"): _("Where can one see you?"),
    (JoinKind.CARRIER, "vehicles"): _("Which vehicles?"),
    (JoinKind.CARRIER, "cold"): _("At least one of them is cold"),
    (JoinKind.CARRIER, "townships"): _("Which townships do you serve?"),
}
STEPS: Final[Mapping[JoinState, Sentence]] = {
    JoinState.ASKED: _("Asked"),
    JoinState.MORE_ASKED: _("More was asked"),
    JoinState.ACCEPTED: _("Taken in"),
    JoinState.DECLINED: _("Not taken in"),
    JoinState.WITHDRAWN: _("Took the request back"),
}
TOLD_MORE: Final = _("Told more")
# Amber is for what is wrong; that somebody asks is not.
TONES: Final[Mapping[JoinState, str]] = {
    JoinState.ASKED: "sky",
    JoinState.MORE_ASKED: "sky",
    JoinState.DECLINED: "wait",
    JoinState.WITHDRAWN: "wait",
}
ROLES: Final[Mapping[Role, Sentence]] = {
    Role.OWNER: _("Owner: everything, also inviting owners"),
    Role.MANAGER: _("Manager: the daily work and its decisions"),
    Role.STAFF: _("Staff: packing and looking"),
}
ROLE_NAMES: Final[Mapping[Role, Sentence]] = {
    Role.OWNER: _("Owner"),
    Role.MANAGER: _("Manager"),
    Role.STAFF: _("Staff"),
}


@dataclass(frozen=True)
class Told:
    """A request as a page shows it. `state` says how it stands in whole sentences, `facts` what was written."""

    request: JoinRequestView
    wish: Wish
    state: str
    facts: Sequence[tuple[str, str]]
    events: Sequence[Mapping[str, Any]]
    late: bool


def told_of(one: JoinRequestView, *, now: datetime, people: bool) -> Told:
    """A request in words; `people`: with the names of those who answer, for them and the county."""
    return Told(
        request=one,
        wish=WISHES[one.kind],
        state=_state(one, now=now),
        facts=_facts(one),
        events=[_event(step, one, people=people, first=place == 0) for place, step in enumerate(one.steps)][
            ::-1
        ],
        late=one.late(now),
    )


def _state(one: JoinRequestView, *, now: datetime) -> str:
    places = {"who": local_name(one, "goes_to_name"), "until": when(one.due_at, now=now)}
    if one.late(now):
        return gettext("%(who)s has not answered in time. The county may answer now.") % places
    says: Mapping[JoinState, Sentence] = {
        JoinState.ASKED: _("%(who)s answers by %(until)s."),
        JoinState.MORE_ASKED: _("%(who)s has asked for more; it goes on when that is answered."),
        JoinState.ACCEPTED: _("Taken in. The pages for it are under “Where I work”."),
        JoinState.DECLINED: _("Not taken in; its history says why. It can be asked for again."),
        JoinState.WITHDRAWN: _("The request was taken back."),
    }
    return str(says[one.state]) % places


def _facts(one: JoinRequestView) -> list[tuple[str, str]]:
    found = [(str(LABELS[one.kind, "name"]), one.name)]
    if one.village:
        found.append((str(LABELS[one.kind, "village"]), one.village))
    if (one.kind, "cooperative") in LABELS:
        found.append((gettext("Cooperative"), local_name(one, "cooperative_name") or gettext("none named")))
    for wanted in WANTED[one.kind]:
        if text := one.facts.get(wanted.name):
            found.append((str(LABELS[one.kind, wanted.name]), _said(wanted.name, text)))
    return found


def _said(name: str, text: str) -> str:
    """What was written, as it is read: an area with its unit."""
    if name == "cold":
        return pgettext("cold chain", "yes")
    return quantity(Decimal(text), "mu") if name == "area_mu" else text


def _event(step: JoinStepView, one: JoinRequestView, *, people: bool, first: bool) -> Mapping[str, Any]:
    """A step for the timeline. Who asks is told which organisation answered, never which of its people."""
    own = step.by_id == one.person_id
    who = step.by_name if own or people else local_name(one, "goes_to_name")
    corrected = gettext("under the name %(name)s") % {"name": step.corrected} if step.corrected else ""
    again = step.state == JoinState.ASKED and not first
    return {
        "title": str(TOLD_MORE if again else STEPS[step.state]),
        "when": full_time(step.at) if people else step.at,
        "text": gettext(": ").join(part for part in (who, corrected, step.words) if part),
        "tone": TONES.get(step.state, "paddy"),
    }
