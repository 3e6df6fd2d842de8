"""The way in: one deed after the other in a county, each by somebody who administers it when the lock is theirs."""

from fieldcast.accounts.kept import keep_no_more
from fieldcast.accounts.models import County, Person
from fieldcast.accounts.office.problems import AdministratesNoMore
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound


def enter(*, by: SignedIn, county_id: int) -> None:
    """Lock the county until the transaction ends, then ask again who is there: rights may have gone meanwhile.

    Two administrators who end each other's rights come one after the other, and the second finds that he has none.
    Raises `AdministratesNoMore`.
    """
    keep_no_more()
    if not County.objects.select_for_update(no_key=True).filter(id=county_id).exists():
        raise NotFound("county")
    still = Person.objects.filter(id=by.pk, county_id=county_id, is_active=True, is_staff=True)
    if not still.exists():
        raise AdministratesNoMore


def person_row(*, person_id: int, county_id: int) -> Person:
    """Someone of the county, blocked or not, locked until the transaction ends. Raises `NotFound`."""
    row = Person.objects.select_for_update(no_key=True).filter(id=person_id, county_id=county_id).first()
    if row is None:
        raise NotFound("person")
    return row
