"""Addresses of the lots' public pages."""

from django.urls import URLPattern, path

from fieldcast.web.lots import letters, views

urlpatterns: list[URLPattern] = [
    path("", views.lots, name="lots"),
    path("<int:lot_id>/", views.lot, name="lot"),
    path("<int:lot_id>/letters/", letters.letters, name="lot_letters"),
    path("<int:lot_id>/photos/<int:lot_file_id>/", views.photo, name="lot_photo"),
]
