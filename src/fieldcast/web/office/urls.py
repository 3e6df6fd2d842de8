"""Addresses of the administration."""

from django.urls import URLPattern, path

from fieldcast.web.office.views import county, money, organisations, overview, people

PERSON, ORGANISATION = "people/<int:person_id>/", "organisations/<int:organisation_id>/"

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="office"),
    path("state/", overview.state, name="office_state"),
    path("money/", money.money, name="office_money"),
    path("money/rows/", money.rows, name="office_money_rows"),
    path("money/<slug:purpose>/", money.inside, name="office_money_inside"),
    path("trail/", overview.trail, name="office_trail"),
    path("people/", people.listing, name="office_people"),
    path("people/find/", people.find, name="office_find"),
    path(PERSON, people.person, name="office_person"),
    path(f"{PERSON}roles/", people.give_role, name="office_give_role"),
    path(f"{PERSON}roles/<int:organisation_id>/end/", people.end_role, name="office_end_role"),
    path(f"{PERSON}<slug:deed>/", people.deed, name="office_deed"),
    path("organisations/", organisations.listing, name="office_organisations"),
    path("organisations/new/", organisations.new, name="office_organisation_new"),
    path(ORGANISATION, organisations.detail, name="office_organisation"),
    path(f"{ORGANISATION}rename/", organisations.rename, name="office_organisation_rename"),
    path(f"{ORGANISATION}form/", organisations.form, name="office_organisation_form"),
    path(f"{ORGANISATION}federation/<slug:wish>/", organisations.federation, name="office_federation"),
    path(f"{ORGANISATION}standing/", organisations.standing, name="office_organisation_standing"),
    path("county/", county.county, name="office_county"),
    path("county/rename/", county.rename, name="office_county_rename"),
    path("county/villages/new/", county.new_village, name="office_village_new"),
    path("county/villages/<int:village_id>/", county.village, name="office_village"),
    path("county/villages/<int:village_id>/remove/", county.remove_village, name="office_village_remove"),
]
