"""Centres, and people who were found at one, reach a view only through here."""

from datetime import datetime

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.loaders import load_organisation
from fieldcast.accounts.types import OrganisationRef, SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.recovery import queries
from fieldcast.recovery.types import GOOD_FOR, FoundPerson


def load_centre(*, by: SignedIn, centre_id: int) -> OrganisationRef:
    """The centre, for whoever works there; else `NotFound`."""
    return load_organisation(by=by, organisation_id=centre_id, perm="recovery.help_people")


def load_found(*, by: SignedIn, centre_id: int, person_id: int, now: datetime) -> FoundPerson:
    """A person of the centre's county whom `by` has just looked up by their full number; else `NotFound`."""
    centre = load_centre(by=by, centre_id=centre_id)
    looked = accounts.when_read(reader_id=by.pk, subject=queries.subject(person_id), what=queries.LOOKED_UP)
    if looked is None or looked <= now - GOOD_FOR:
        raise NotFound("person")
    return queries.found_person(person_id=person_id, county_id=centre.county_id, clerk_id=by.pk)
