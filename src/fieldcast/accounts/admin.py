"""Accounts in Django's admin, without personal data."""

from typing import ClassVar

from django.contrib import admin

from fieldcast.accounts.models import County, Membership, Organisation, Person, Village


@admin.register(County)
class CountyAdmin(admin.ModelAdmin[County]):
    """Counties."""

    list_display = ("code", "name", "name_en")


@admin.register(Village)
class VillageAdmin(admin.ModelAdmin[Village]):
    """Villages."""

    list_display = ("name", "county")
    list_select_related: ClassVar = ["county"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    """Organisations."""

    list_display = ("code", "name", "kind", "standing")
    list_filter = ("kind", "standing")
    search_fields = ("code", "name")


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """People by public name; phone, name and addresses are not shown here."""

    list_display = ("display_name", "county", "is_active", "is_staff")
    fields = ("display_name", "county", "is_active", "is_staff", "groups")
    list_select_related: ClassVar = ["county"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Roles."""

    list_display = ("person", "organisation", "role")
    raw_id_fields = ("person", "organisation")
