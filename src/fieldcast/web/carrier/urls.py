"""Addresses of a carrier's pages."""

from django.urls import URLPattern, path

from fieldcast.web.carrier import steps, views

urlpatterns: list[URLPattern] = [
    path("", views.parcels, name="carrier"),
    path("code/", views.code, name="carrier_code"),
    path("together/", steps.together, name="carrier_together"),
    path("parcels/<str:code>/", views.parcel, name="carrier_parcel"),
    path("parcels/<str:code>/<slug:step>/", steps.step, name="carrier_step"),
]
