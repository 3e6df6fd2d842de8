"""Addresses of the lots' public pages."""

from django.urls import URLPattern, path

from fieldcast.web.lots import views

urlpatterns: list[URLPattern] = [
    path("", views.lots, name="lots"),
    path("<int:lot_id>/", views.lot, name="lot"),
    path("<int:lot_id>/photos/<int:lot_file_id>/", views.photo, name="lot_photo"),
]
