"""How an agreement stands: who signed and who still may, how long it holds, and what stays owed when it ends."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from fieldcast.accounts.access import allowed
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import ending
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.concerns import concerns_of
from fieldcast.agreements.signing import sheets_alike
from fieldcast.agreements.types import VersionView
from fieldcast.agreements.votes import queries as votes
from fieldcast.settlement.dues import queries as dues
from fieldcast.trade import queries as trade
from fieldcast.web.coop.forms.signing import NoticeForm, SheetForm
from fieldcast.web.shared.clauses import parties_of
from fieldcast.web.shared.votes import VoteShown

MANAGE: Final = "accounts.manage_organisation"


def signers(by: SignedIn, version: VersionView, *, sheet: SheetForm | None) -> dict[str, Any]:
    """The parties, when and how each agreed and whether this person may; households that signed beside them."""
    consents = agreements.consents_of(version_id=version.id)
    open_ = version.latest and not version.ended
    parties = [
        {
            "organisation": one.organisation,
            "role": one.role,
            "consent": one.consent,
            "may_agree": open_ and one.consent is None and allowed(by, MANAGE, one.organisation),
            "concerns": concerns_of(version, organisation_id=one.organisation.id),
        }
        for one in parties_of(version, consents)
    ]
    enters = open_ and allowed(by, "agreements.revise", version)
    form = (sheet or SheetForm(version=version)) if enters else None
    named = set(version.parties.values())
    alike = sheets_alike(version=version) if any(one.sheet_id for one in consents) else {}
    return {
        "parties": parties,
        "households": [
            (one, len(alike.get(one.sheet_id or 0, ())))
            for one in consents
            if one.organisation_id not in named
        ],
        "sheet_form": form if form and len(form.fields["household"].choices) > 1 else None,  # type: ignore[attr-defined]  # it is a choice field
        "sheet_concerns": list(concerns_of(version, organisation_id=0)),
    }


def term(by: SignedIn, version: VersionView, *, now: datetime, notice: NoticeForm | None) -> dict[str, Any]:
    """How long it holds, notices, the form of whoever may give one; what stays owed once its end is known."""
    today = timezone.localdate(now)
    seen = ending.outlook(agreement_id=version.agreement_id, today=today)
    parties = parties_of(version, ())
    given = {one.organisation_id for one in seen.notices}
    mine = {
        one.organisation.id: one.organisation
        for one in parties
        if one.organisation.id not in given and allowed(by, MANAGE, one.organisation)
    }
    may = version.latest and seen.ended_at is None and bool(mine)
    return {
        "outlook": seen,
        "notice_of": list(mine.values()) if may else [],
        "notice_form": notice or NoticeForm(initial={"ends_on": seen.earliest(today)}),
        "notice_least": seen.earliest(today),
        "left": _left(version) if seen.last_day or seen.ended_at else None,
    }


def _left(version: VersionView) -> dict[str, Any]:
    """What is still open: lines, claims, and what parties owe of this cooperative's sales."""
    versions = [one.id for one in agreements.versions_of(agreement_id=version.agreement_id)]
    under = trade.left_under(version_ids=versions, seller_id=version.cooperative_id)
    parties = parties_of(version, ())
    named = {one.organisation.party: one.organisation for one in parties}
    owed = dues.open_of_debtors(parties=named)
    return {
        "under": under,
        "owed": [
            (named[party], sum(one.left_fen for one in found if one.seller_id == version.cooperative_id))
            for party, found in owed.items()
            if any(one.seller_id == version.cooperative_id for one in found)
        ],
    }


def members_say(by: SignedIn, version: VersionView) -> dict[str, Any]:
    """What the members said of it, for those who speak for the cooperative; `votes_first` while they must be asked."""
    if not allowed(by, "agreements.revise", version):
        return {}
    found = votes.ballots_on(version_id=version.id, now=timezone.now())
    agreed = {one.organisation_id for one in agreements.consents_of(version_id=version.id)}
    first = version.latest and version.cooperative_id not in agreed
    return {
        "votes": [VoteShown(one) for one in found],
        "votes_first": first and votes.votes_first(cooperative_id=version.cooperative_id),
    }
