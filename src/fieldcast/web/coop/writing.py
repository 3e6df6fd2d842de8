"""A draft is written down: a new agreement, or the next version of one."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.concerns import concerns
from fieldcast.agreements.operations import WrongPartners
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, FARMER, HOST
from fieldcast.agreements.types import VersionView
from fieldcast.agreements.votes import queries as votes
from fieldcast.web.coop.drafts import Draft
from fieldcast.web.shared.workplace import Workplace


def said_when_written(place: Workplace, terms: AgreedTerms) -> str:
    """That it is written down, and what is to be done next."""
    if votes.votes_first(cooperative_id=place.id):
        return _(
            "It is written down. Call a vote of the members: your cooperative agrees once they have passed it."
        )
    if any(one.hurt in (COOPERATIVE.name, FARMER.name) for one in concerns(terms)):
        return _(
            "It is written down. Something in it is to your side's harm, so your cooperative has not agreed yet: "
            "tick what you accept, or change it."
        )
    return _("It is written down, and your cooperative has agreed to it. Ask the others to agree.")


def write(
    place: Workplace, version: VersionView | None, draft: Draft, *, now: datetime, confirms_jump: bool
) -> str:
    """Write it down and say where it stands. Raises as `create_agreement` and `revise` do."""
    terms = draft.terms()
    if version is not None:
        made = agreements_operations.revise(
            by=place.by,
            agreement_id=version.agreement_id,
            terms=terms,
            note=draft.note,
            now=now,
            confirms_jump=confirms_jump,
        )
        return reverse("coop_agreement", args=[made.id])
    parties = draft.parties
    if HOST.name not in parties or CARRIER.name not in parties:
        raise WrongPartners
    made = agreements_operations.create_agreement(
        by=place.by,
        county_id=place.county_id,
        name=draft.name,
        cooperative_id=place.id,
        host_id=parties[HOST.name],
        carrier_id=parties[CARRIER.name],
        others={role: parties[role] for role in draft.asked_roles if role in parties},
        terms=terms,
        now=now,
        confirms_jump=confirms_jump,
    )
    return reverse("coop_agreement", args=[made.id])
