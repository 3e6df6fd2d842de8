"""Whose studio a page is: the host organisation someone works in.

A person who works for several hosts picks one by `?org=`, and stays there until they pick another.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed
from fieldcast.accounts.loaders import load_workplace
from fieldcast.accounts.types import OrganisationKind
from fieldcast.web.coop.place import Workplace
from fieldcast.web.me.person import person_of

P = ParamSpec("P")
REMEMBER = "workplace-host"


def studio_of(request: HttpRequest) -> Workplace:
    """The studio that the address names, else where the person last was, else their first. Raises `Forbidden`."""
    by = person_of(request)
    mine = tuple(
        one.organisation
        for one in accounts.memberships_of(person_id=by.pk)
        if one.organisation.kind == OrganisationKind.HOST
    )
    named = request.POST.get("org") or request.GET.get("org")
    last = request.session.get(REMEMBER)
    code = named or (last if any(last == one.code for one in mine) else None)
    host = load_workplace(
        person_id=by.pk, kind=OrganisationKind.HOST, code=code, who=_("hosts and their teams")
    )
    if named and named != last:
        request.session[REMEMBER] = named
    manages = allowed(by, "accounts.manage_organisation", host)
    return Workplace(organisation=host, by=by, manages=manages, choices=mine)


def at_studio(
    view: Callable[Concatenate[HttpRequest, Workplace, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of one's own studio: strangers are sent to sign in, or refused."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, studio_of(request), *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], login_required(inner))
