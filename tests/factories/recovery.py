"""A service centre with a clerk, and somebody who forgot their password."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.recovery import operations as recovery_operations
from fieldcast.recovery.types import LookedAt, MadeCode
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.factories.prepared import scene

OLD, NEW = "peach-orchard-7", "plum-orchard-8"
WHY = "忘了密码，本人到柜台"


@dataclass(frozen=True)
class Counter:
    """Both sides of a counter."""

    centre: OrganisationRef
    clerk: Person
    person: Person

    @property
    def phone(self) -> str:
        """The number of whoever stands before it."""
        return str(self.person.phone)


def make_clerk(county_id: int) -> Person:
    """Someone of a service centre of the county."""
    centre = make_organisation(county_id=county_id, kind=OrganisationKind.SERVICE_CENTRE, name="河湾服务中心")
    return make_member(organisation=centre, name="方慧")


@scene(on=None)
def make_counter(_bare: None) -> Counter:
    """A centre, its clerk, and somebody of the county who signs in with `OLD`."""
    county_id = make_county()
    centre = make_organisation(county_id=county_id, kind=OrganisationKind.SERVICE_CENTRE, name="河湾服务中心")
    clerk = make_member(organisation=centre, name="方慧")
    return Counter(centre, clerk, make_person(county_id=county_id, name="小满", password=OLD))


def look_up(counter: Counter, person: Person | None = None, *, now: datetime = NOW) -> None:
    """The clerk finds somebody by their whole number."""
    recovery_operations.look_up(
        by=counter.clerk,
        centre_id=counter.centre.id,
        phone=(person or counter.person).phone,
        why=WHY,
        now=now,
    )


def make_code(
    counter: Counter,
    person: Person | None = None,
    *,
    by: Person | None = None,
    looked_at: LookedAt = LookedAt.ID_CARD,
    witnesses: tuple[str, ...] = (),
    why: str = WHY,
    now: datetime = NOW,
) -> MadeCode:
    """The clerk makes a code for whoever was looked up."""
    return recovery_operations.make_code(
        by=by or counter.clerk,
        centre_id=counter.centre.id,
        person_id=(person or counter.person).pk,
        looked_at=looked_at,
        witnesses=witnesses,
        why=why,
        now=now,
    )


def given_code(counter: Counter, *, now: datetime | None = None) -> str:
    """What is on the slip that somebody was handed, now."""
    at = now or timezone.now()
    look_up(counter, now=at)
    return make_code(counter, now=at).code
