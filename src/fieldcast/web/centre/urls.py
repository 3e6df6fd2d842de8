"""Addresses of the service centre's pages."""

from django.urls import URLPattern, path

from fieldcast.web.centre import people, today

urlpatterns: list[URLPattern] = [
    path("", today.today, name="centre"),
    path("people/", people.people, name="centre_people"),
    path("people/<int:person_id>/", people.person, name="centre_person"),
]
