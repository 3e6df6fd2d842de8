"""The pages about oneself. Everything here is the signed-in person's own: nobody else's can even be named."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE, AddressBook, MembershipRef, OrganisationKind, TokenRef
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox import queries as inbox
from fieldcast.joining import queries as joining
from fieldcast.kit.errors import NotFound
from fieldcast.live import queries as live
from fieldcast.web.context import LARGE, TYPE_COOKIE
from fieldcast.web.me.forms import KeptAddressForm, NameForm, TokenForm
from fieldcast.web.shared import asking
from fieldcast.web.shared.join_requests import told_of
from fieldcast.web.shared.waiting import waiting_for_me
from fieldcast.web.shared.workplace import person_of

A_YEAR = timedelta(days=365)
LATER = "terms-later"  # the question about the terms was put off, until the next sign-in
INVALID = 422  # a form that must be looked at again


@login_required
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, and the ways to everything that is mine."""
    person, now = person_of(request), timezone.now()
    memberships = accounts.memberships_of(person_id=person.pk)
    context = {
        "addresses": len(accounts.addresses_of(person_id=person.pk)),
        "waits": waiting_for_me(by=person, now=now),
        "asked": [
            told_of(one, now=now, people=False)
            for one in joining.join_requests_of(person_id=person.pk)
            if one.open
        ],
        "invited": len(joining.invitations_to(person_id=person.pk, now=now)),
        "invites": any(one.role in ANSWERABLE for one in memberships),
        "tokens": (tokens := len(accounts.tokens_of(person_id=person.pk))),
        # Who buys or farms has no program; the page stays for those who ask for it by its address.
        "programs": tokens > 0 or any(_runs_programs(one) for one in memberships),
        "asks_terms": LATER not in request.session and not accounts.has_agreed_to_terms(person_id=person.pk),
        "follows": len(live.followed_by(person_id=person.pk)),
    }
    return render(request, "me/me.html", context)


def _runs_programs(membership: MembershipRef) -> bool:
    """Those who answer for an organisation that keeps books of its own."""
    at_home = membership.organisation.kind == OrganisationKind.HOUSEHOLD
    return membership.role in ANSWERABLE and not at_home


@login_required
@require_POST
def terms(request: HttpRequest) -> HttpResponse:
    """Agree to the terms of use and the privacy notice as they are now, or put it off."""
    if request.POST.get("do") == "agree":
        with transaction.atomic():
            accounts_operations.agree_to_terms(by=person_of(request), now=timezone.now())
        messages.success(request, _("It is written down that you agree."))
    else:
        request.session[LATER] = True
    return redirect("me")


@login_required
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Change the name others see."""
    person = person_of(request)
    form = NameForm(request.POST or None, initial={"display_name": person.display_name})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            accounts_operations.rename(by=person, display_name=form.cleaned_data["display_name"])
        messages.success(request, _("That is your name now."))
        return redirect("me")
    return render(request, "me/name.html", {"form": form}, status=INVALID if form.errors else 200)


@login_required
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Larger type, or ordinary again; it is the phone that remembers, since eyes and screens differ."""
    answer = redirect("me")
    if request.POST.get("type") == LARGE:
        secure = request.is_secure()
        answer.set_cookie(TYPE_COOKIE, LARGE, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        answer.delete_cookie(TYPE_COOKIE, samesite="Lax")
    return answer


@login_required
@require_GET
def my_messages(request: HttpRequest) -> HttpResponse:
    """My messages, those I have not read first."""
    page = inbox.messages(person_id=person_of(request).pk, page=asking.page_number(request))
    return render(request, "me/messages.html", {"page": page})


@login_required
@require_POST
def read_message(request: HttpRequest, letter_id: int) -> HttpResponse:
    """I have read it; on to what it is about where that was asked for."""
    link = inbox_operations.mark_read(by=person_of(request), message_id=letter_id, now=timezone.now())
    return redirect(link if "look" in request.POST else "me_messages")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """I have read them all."""
    inbox_operations.mark_all_read(by=person_of(request), now=timezone.now())
    return redirect("me_messages")


@login_required
@require_GET
def addresses(request: HttpRequest) -> HttpResponse:
    """My delivery addresses, the one chosen first on top."""
    found = accounts.addresses_of(person_id=person_of(request).pk)
    return render(request, "me/addresses.html", {"addresses": found})


@login_required
@require_http_methods(["GET", "POST"])
def new_address(request: HttpRequest) -> HttpResponse:
    """Keep one more address."""
    form = KeptAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to = form.delivery
        try:
            with transaction.atomic():
                accounts_operations.save_address(
                    by=person_of(request),
                    recipient=to.recipient,
                    phone=to.phone,
                    province=to.province,
                    city=to.city,
                    district=to.district,
                    line=to.line,
                    is_default=form.cleaned_data["is_default"],
                )
        except accounts_operations.TooMany as full:
            form.add_error(None, str(full))
        else:
            messages.success(request, _("The address is kept."))
            return redirect("me_addresses")
    return render(request, "me/address_new.html", {"form": form}, status=INVALID if form.errors else 200)


@login_required
@require_POST
def first_address(request: HttpRequest, address_id: int) -> HttpResponse:
    """Choose this address first from now on: written down anew in the place of the old one, in one step."""
    person = person_of(request)
    one = _own_address(person.pk, address_id)
    with transaction.atomic():
        accounts_operations.delete_address(by=person, address_id=one.id)
        accounts_operations.save_address(
            by=person,
            recipient=one.recipient,
            phone=one.phone,
            province=one.province,
            city=one.city,
            district=one.district,
            line=one.line,
            is_default=True,
        )
    messages.success(request, _("It is chosen first from now on."))
    return redirect("me_addresses")


@login_required
@require_POST
def delete_address(request: HttpRequest, address_id: int) -> HttpResponse:
    """Forget an address. Orders on their way keep theirs."""
    with transaction.atomic():
        accounts_operations.delete_address(by=person_of(request), address_id=address_id)
    messages.success(request, _("The address is gone. Orders on their way keep theirs."))
    return redirect("me_addresses")


@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """My keys for programs. A new one is shown in the answer that made it and never again."""
    person = person_of(request)
    form = TokenForm(request.POST or None)
    made: tuple[TokenRef, str] | None = None
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            with transaction.atomic():
                made = accounts_operations.issue_token(
                    by=person, name=form.cleaned_data["name"], now=now, expires_at=form.expires_at(now)
                )
        except accounts_operations.TooMany as full:
            form.add_error(None, str(full))
    context = {
        "form": TokenForm() if made else form,
        "tokens": accounts.tokens_of(person_id=person.pk),
        "made": made[0] if made else None,
        "secret": made[1] if made else "",
        "now": timezone.now(),
    }
    response = render(request, "me/tokens.html", context, status=INVALID if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a key at once."""
    with transaction.atomic():
        accounts_operations.revoke_token(by=person_of(request), token_id=token_id, now=timezone.now())
    messages.success(request, _("The key opens nothing any more."))
    return redirect("me_tokens")


def _own_address(person_id: int, address_id: int) -> AddressBook:
    for one in accounts.addresses_of(person_id=person_id):
        if one.id == address_id:
            return one
    raise NotFound("address")
