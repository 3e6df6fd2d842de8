"""Accounts in Django's admin, without personal data."""

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import operations
from fieldcast.accounts.models import County, Membership, Organisation, Person, Village
from fieldcast.accounts.office.people import count_search
from fieldcast.accounts.phones import normalise_phone
from fieldcast.accounts.types import Role, SignedIn
from fieldcast.kit.fields import blind_index
from fieldcast.kit.masks import masked_phone


class Kept(admin.ModelAdmin[Any]):
    """What others refer to is not deleted: a person is made inactive, an organisation's standing changed."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(County)
class CountyAdmin(Kept):
    """Counties."""

    list_display = ("code", "name", "name_en")


@admin.register(Village)
class VillageAdmin(admin.ModelAdmin[Village]):
    """Villages."""

    list_display = ("name", "county")
    list_select_related: ClassVar = ["county"]
    search_fields = ("name", "name_en")


@admin.register(Organisation)
class OrganisationAdmin(Kept):
    """Organisations."""

    list_display = ("code", "name", "kind", "standing")
    list_filter = ("kind", "standing")
    search_fields = ("code", "name")


@admin.register(Person)
class PersonAdmin(Kept):
    """People by public name, or by their whole number; phone, name and addresses are not shown here.

    Who may sign in and who administers is said at the office, where it is kept with its reason.
    """

    list_display = ("display_name", "county", "is_active", "is_staff")
    fields = ("display_name", "county", "is_active", "is_staff", "groups")
    readonly_fields = ("is_active", "is_staff")
    list_select_related: ClassVar = ["county"]
    search_fields = ("display_name",)
    search_help_text = _(
        "A part of the name, or the whole mobile number; a search by number is written down."
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People register themselves."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Person]", search_term: str
    ) -> tuple["QuerySet[Person]", bool]:
        """A number is looked up by its keyed hash, and that it was is written down."""
        try:
            number = normalise_phone(search_term)
        except ValueError:
            return super().get_search_results(request, queryset, search_term)
        found = queryset.filter(phone_hash=blind_index(number))
        by = cast("SignedIn", request.user)  # the admin is for staff alone
        count_search(by=by, now=timezone.now())
        operations.log_personal_read(
            by=by,
            subject=f"number {masked_phone(number)}",
            what="found by number",
            reason="a search in the admin",
            now=timezone.now(),
        )
        return found, False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Roles, given and ended through the operations, so that the trail hears of it."""

    list_display = ("person", "organisation", "role")
    list_select_related: ClassVar = ["person", "organisation"]
    search_fields = ("person__display_name", "organisation__name", "organisation__code")
    raw_id_fields = ("person", "organisation")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Of a membership that is there, the role alone changes."""
        return ("person", "organisation") if obj else ()

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Give or change a role."""
        obj.pk = operations.add_member(
            person_id=obj.person_id,
            organisation_id=obj.organisation_id,
            role=Role(obj.role),
            by=cast("SignedIn", request.user),  # the admin is for staff alone
            now=timezone.now(),
        )

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """End a role."""
        operations.remove_member(
            person_id=obj.person_id,
            organisation_id=obj.organisation_id,
            by=cast("SignedIn", request.user),  # the admin is for staff alone
            now=timezone.now(),
        )

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Membership]") -> None:
        """End several roles."""
        for row in queryset:
            self.delete_model(request, row)
