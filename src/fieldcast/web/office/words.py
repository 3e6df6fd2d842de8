"""The office's words: kinds of organisations, roles, and deeds as the trail tells them."""

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.accounts.office.types import ByHand, Deed, DeedView, HandChange
from fieldcast.accounts.types import LegalForm, OrganisationKind, OrganisationRef, PersonRef, Role
from fieldcast.kit.errors import Sentence
from fieldcast.web.shared.words import local_name, state_words

KINDS: Final[Mapping[OrganisationKind, Sentence]] = {
    OrganisationKind.COOPERATIVE: _("Cooperative"),
    OrganisationKind.HOUSEHOLD: _("Farm household"),
    OrganisationKind.HOST: _("Host"),
    OrganisationKind.CARRIER: _("Carrier"),
    OrganisationKind.SERVICE_CENTRE: _("Service centre"),
    OrganisationKind.AUTHORITY: _("County authority"),
    OrganisationKind.TESTING_STATION: _("Testing station"),
    OrganisationKind.COMPANY: _("Company or association"),
}
FORMS: Final[Mapping[LegalForm, Sentence]] = {
    LegalForm.ORDINARY: _("ordinary"),
    LegalForm.FAMILY_FARM: _("family farm"),
    LegalForm.FEDERATION: _("federation of cooperatives"),
}
ROLES: Final[Mapping[Role, Sentence]] = {
    Role.OWNER: in_context("role", "Owner"),
    Role.MANAGER: in_context("role", "Manager"),
    Role.STAFF: in_context("role", "Staff"),
}
WHAT_ROLES_MAY: Final[Mapping[Role, Sentence]] = {
    Role.OWNER: _("everything there"),
    Role.MANAGER: _("the daily work"),
    Role.STAFF: _("see and pack"),
}
DEEDS: Final[Mapping[Deed, Sentence]] = {
    Deed.COUNTY_MADE: _("The county was made"),
    Deed.COUNTY_RENAMED: _("The county was renamed"),
    Deed.VILLAGE_ADDED: _("A village was added"),
    Deed.VILLAGE_RENAMED: _("A village was renamed"),
    Deed.VILLAGE_REMOVED: _("A village was removed"),
    Deed.ORGANISATION_MADE: _("An organisation was made"),
    Deed.ORGANISATION_RENAMED: _("An organisation was renamed"),
    Deed.STANDING_SET: _("An organisation’s standing was changed"),
    Deed.FORM_SET: _("An organisation’s form was changed"),
    Deed.FEDERATION_JOINED: _("A cooperative joined a federation"),
    Deed.FEDERATION_LEFT: _("A cooperative left a federation"),
    Deed.ROLE_GIVEN: _("A role was given"),
    Deed.ROLE_ENDED: _("A role was ended"),
    Deed.BLOCKED: _("A person was blocked"),
    Deed.UNBLOCKED: _("A person was let in again"),
    Deed.STAFF_MADE: _("A person was made an administrator"),
    Deed.STAFF_ENDED: _("A person administers no more"),
    Deed.SIGNED_OUT: _("All devices of a person were signed out"),
}
HAND: Final[Mapping[ByHand, Sentence]] = {
    ByHand.ADDED: _("A row was added"),
    ByHand.CHANGED: _("A row was changed"),
    ByHand.DELETED: _("A row was deleted"),
}
LOUD: Final = frozenset({Deed.BLOCKED, Deed.STAFF_MADE, Deed.STAFF_ENDED, Deed.STANDING_SET})


def told(deed: DeedView, *, person_too: bool = True, organisation_too: bool = True) -> dict[str, Any]:
    """A deed for the timeline: what, to whom, from what to what, why, by whom; and the way to whom it was done.

    Whose own page it stands on is not named there.
    """
    person = deed.person if person_too else None
    organisation = deed.organisation if organisation_too else None
    about = [person.display_name] if person else []
    if organisation:
        about.append(local_name(organisation))
    change = [word for word in (_word(deed, deed.before), _word(deed, deed.after)) if word]
    by = _("by %(name)s") % {"name": deed.by} if deed.by else _("by the platform itself")
    parts = (gettext(", ").join(about), " → ".join(change), deed.reason, by)
    return {
        "title": DEEDS[deed.kind],
        "when": deed.at,
        "text": " · ".join(str(part) for part in parts if part),
        "tone": "wheat" if deed.kind in LOUD else "paddy",
        "url": _place(person, organisation),
        "link": _("Look at it"),
    }


def told_by_hand(change: HandChange) -> dict[str, Any]:
    """A change in Django's admin for the timeline."""
    by = gettext("by %(name)s") % {"name": change.by}
    return {"title": HAND[change.did], "when": change.at, "text": " · ".join((change.table, change.row, by))}


def _place(person: PersonRef | None, organisation: OrganisationRef | None) -> str:
    if person:
        return reverse("office_person", args=[person.id])
    return reverse("office_organisation", args=[organisation.id]) if organisation else ""


def _word(deed: DeedView, value: str) -> str:
    """What stood before or stands after, in words where it is a code of ours."""
    if deed.kind in (Deed.ROLE_GIVEN, Deed.ROLE_ENDED) and value:
        return str(ROLES[Role(value)])
    if deed.kind == Deed.FORM_SET:
        return str(FORMS[LegalForm(value)])
    return state_words(value)[0] if deed.kind == Deed.STANDING_SET else value
