"""What trace tells people."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE, OrganisationKind
from fieldcast.catalog.types import LotView
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import MOST_LETTERS, Kind, register
from fieldcast.inbox.types import Letter


@register
@dataclass(frozen=True)
class SaleStopped(Kind):
    """A lot is sold no more; why stands in its history."""

    name: ClassVar[str] = "sale_stopped"
    lot: str

    @property
    def sentence(self) -> str:
        """Which lot."""
        return _("The sale of lot %(lot)s was stopped. Why stands in its history.") % {"lot": self.lot}


@register
@dataclass(frozen=True)
class SaleResumed(Kind):
    """A lot is sold again."""

    name: ClassVar[str] = "sale_resumed"
    lot: str

    @property
    def sentence(self) -> str:
        """Which lot."""
        return _("Lot %(lot)s may be sold again.") % {"lot": self.lot}


@register
@dataclass(frozen=True)
class TestFailed(Kind):
    """A test of a lot was not passed, and what the platform did about it."""

    name: ClassVar[str] = "test_failed"
    lot: str

    @property
    def sentence(self) -> str:
        """Which lot, and what has been stopped."""
        return _(
            "Lot %(lot)s did not pass its test. It is sold no more, its offers are closed, and orders of it that were "
            "not sent are held back."
        ) % {"lot": self.lot}


def test_failed(lot: LotView, *, now: datetime) -> None:
    """Tell everyone whose concern it is: those who answer for its cooperative, its farmer, and the county."""
    offices = accounts.organisations(county_id=lot.county_id, kind=OrganisationKind.AUTHORITY)
    pages = {
        **{office.id: f"/county/lots/{lot.id}/" for office in offices},
        lot.plot.household_id: f"/lots/{lot.id}/",
    }
    people = accounts.people_of(organisation_ids=set(pages))
    people |= accounts.people_of(organisation_ids={lot.cooperative_id}, roles=ANSWERABLE)
    pages[lot.cooperative_id] = f"/coop/lots/{lot.id}/"
    letters = [
        Letter(
            to=people.get(organisation_id, ()),
            county_id=lot.county_id,
            what=TestFailed(lot=lot.code[:MOST_LETTERS]),
            link=page,
            once_key=f"test:{lot.id}:failed:{now.isoformat()}",
        )
        for organisation_id, page in pages.items()
    ]
    inbox_operations.send(letters=letters, now=now)


def sale_changed(lot: LotView, *, stopped: bool, by_id: int | None, now: datetime) -> None:
    """Tell those who answer for the lot's cooperative, save the one who did it."""
    people = accounts.people_of(organisation_ids={lot.cooperative_id}, roles=ANSWERABLE)
    code = lot.code[:MOST_LETTERS]
    letter = Letter(
        to=tuple(person for person in people.get(lot.cooperative_id, ()) if person != by_id),
        county_id=lot.county_id,
        what=SaleStopped(lot=code) if stopped else SaleResumed(lot=code),
        link=f"/lots/{lot.id}/",
        once_key=f"sale:{lot.id}:{'stopped' if stopped else 'resumed'}:{now.isoformat()}",
    )
    inbox_operations.send(letters=[letter], now=now)
