"""Who is asking, and whose console a page is: the organisation someone works in, and whether they may change things
there.

Staff see and pack; owners and managers also register, plan, refund and agree. A person with several organisations of a
kind picks one by `?org=`, and stays there until they pick another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import Forbidden, allowed
from fieldcast.accounts.loaders import load_organisation, load_workplace
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, SignedIn
from fieldcast.kit.errors import Sentence

P = ParamSpec("P")
WHO: dict[OrganisationKind, Sentence] = {
    OrganisationKind.COOPERATIVE: _("people of a cooperative"),
    OrganisationKind.HOUSEHOLD: _("farm households"),
    OrganisationKind.CARRIER: _("people of a carrier"),
    OrganisationKind.HOST: _("hosts and their teams"),
    OrganisationKind.SERVICE_CENTRE: _("people of a service centre"),
}


@dataclass(frozen=True)
class Workplace:
    """Where someone works. `choices` are all their organisations of this kind, this one included."""

    organisation: OrganisationRef
    by: SignedIn
    manages: bool
    choices: tuple[OrganisationRef, ...]

    @property
    def id(self) -> int:
        """The organisation's id."""
        return self.organisation.id

    @property
    def county_id(self) -> int:
        """The county's id."""
        return self.organisation.county_id

    @property
    def several(self) -> bool:
        """Must the page say which organisation it is about?"""
        return len(self.choices) > 1

    def must_manage(self) -> None:
        """Raise `Forbidden` for those who only pack."""
        if not self.manages:
            raise Forbidden(who=_("its owner and managers"))


def person_of(request: HttpRequest) -> SignedIn:
    """The signed-in person, behind `login_required`."""
    return cast(SignedIn, request.user)


def workplace(request: HttpRequest, kind: OrganisationKind) -> Workplace:
    """Where the person works: as the page's form or address says, else where they last were, else their first place.

    Raises `Forbidden` for those who work nowhere of this kind, or not at the one that is named.
    """
    by = person_of(request)
    mine = tuple(
        one.organisation for one in accounts.memberships_of(person_id=by.pk) if one.organisation.kind == kind
    )
    remember = f"workplace-{kind.value}"
    named = request.POST.get("org") or request.GET.get("org")
    last = request.session.get(remember)
    code = named or (last if any(last == one.code for one in mine) else None)
    organisation = load_workplace(person_id=by.pk, kind=kind, code=code, who=str(WHO[kind]))
    if named and named != last:
        request.session[remember] = named
    manages = allowed(by, "accounts.manage_organisation", organisation)
    return Workplace(organisation=organisation, by=by, manages=manages, choices=mine)


def workplace_of(request: HttpRequest, organisation_id: int) -> Workplace:
    """The organisation that an object belongs to, for those who work there; else `NotFound`."""
    by = person_of(request)
    organisation = load_organisation(by=by, organisation_id=organisation_id)
    manages = allowed(by, "accounts.manage_organisation", organisation)
    return Workplace(organisation=organisation, by=by, manages=manages, choices=(organisation,))


def at(
    kind: OrganisationKind,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Workplace, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """A page of one's own organisation: the view is given the `Workplace`; strangers are sent to sign in or refused."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Workplace, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return view(request, workplace(request, kind), *args, **kwargs)

        return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], login_required(inner))

    return decorate


at_cooperative = at(OrganisationKind.COOPERATIVE)
at_household = at(OrganisationKind.HOUSEHOLD)
at_carrier = at(OrganisationKind.CARRIER)
at_studio = at(OrganisationKind.HOST)
at_centre = at(OrganisationKind.SERVICE_CENTRE)
