"""The office: a page of it is for people who administer the installation, each in their own county."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from fieldcast.accounts.loaders import load_administered
from fieldcast.accounts.types import CountyRef, SignedIn
from fieldcast.web.shared.workplace import person_of

P = ParamSpec("P")


@dataclass(frozen=True)
class Office:
    """A county and who administers it."""

    county: CountyRef
    by: SignedIn

    @property
    def county_id(self) -> int:
        """The county's id."""
        return self.county.id


def at_office(
    view: Callable[Concatenate[HttpRequest, Office, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of the office: strangers are sent to sign in, everyone else is told whom it is for. Kept by no browser."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        by = person_of(request)
        who = _("people who administer the platform")
        county = load_administered(by=by, county_id=by.county_id, who=who)
        return view(request, Office(county=county, by=by), *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], never_cache(login_required(inner)))
