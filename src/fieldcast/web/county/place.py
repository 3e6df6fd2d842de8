"""The county's office: a page of it is for people of the county's authority."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.loaders import load_county
from fieldcast.accounts.types import CountyRef, SignedIn
from fieldcast.web.shared.workplace import person_of

P = ParamSpec("P")


@dataclass(frozen=True)
class Office:
    """A county and the person of its authority who looks at it."""

    county: CountyRef
    by: SignedIn

    @property
    def county_id(self) -> int:
        """The county's id."""
        return self.county.id


def at_county(
    view: Callable[Concatenate[HttpRequest, Office, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of the county: strangers are sent to sign in, everyone else is told whom it is for."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        by = person_of(request)
        county = load_county(by=by, county_id=by.county_id, who=_("people of the county's authority"))
        return view(request, Office(county=county, by=by), *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], login_required(inner))
