"""What bonds tell people: a penalty that was confirmed, to who pays and to who gets it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE
from fieldcast.agreements.bonds.models import Penalty
from fieldcast.agreements.types import VersionView
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import MOST_LETTERS, Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.kit.money import yuan


@register
@dataclass(frozen=True)
class PenaltyConfirmed(Kind):
    """A penalty under an agreement: its decision, its amount, and whether the reader pays or gets it."""

    name: ClassVar[str] = "penalty_confirmed"
    agreement: str
    agreement_en: str
    decision: str
    amount_fen: int
    pays: bool

    @property
    def sentence(self) -> str:
        """Decision and amount, from the reader's side."""
        english = (get_language() or "").startswith("en") and self.agreement_en
        places = {
            "agreement": english or self.agreement,
            "decision": self.decision,
            "amount": yuan(self.amount_fen),
        }
        if self.pays:
            return (
                _("You pay a penalty of ¥%(amount)s under “%(agreement)s”, decision %(decision)s.") % places
            )
        return _("You get a penalty of ¥%(amount)s under “%(agreement)s”, decision %(decision)s.") % places


def penalty_confirmed(row: Penalty, version: VersionView, *, now: datetime) -> None:
    """Tell those who answer for both parties."""
    people = accounts.people_of(organisation_ids={row.payer_id, row.receiver_id}, roles=ANSWERABLE)
    letters = [
        Letter(
            to=people.get(organisation_id, ()),
            county_id=version.county_id,
            what=PenaltyConfirmed(
                agreement=version.name[:MOST_LETTERS],
                agreement_en=version.name_en[:MOST_LETTERS],
                decision=row.decision,
                amount_fen=row.amount_fen,
                pays=organisation_id == row.payer_id,
            ),
            link=f"/coop/agreements/{version.id}/#bonds-title",
            once_key=f"penalty:{row.pk}:{organisation_id}",
        )
        for organisation_id in (row.payer_id, row.receiver_id)
    ]
    inbox_operations.send(letters=letters, now=now)
