"""Which county a page is about."""

from django.http import HttpRequest

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import CountyRef


def county_of(request: HttpRequest) -> CountyRef | None:
    """The county whose sessions, lots and news a public page shows; None on an empty database.

    An installation serves one county so far; the day it serves more, the address or the reader decides here.
    """
    return accounts.default_county()
