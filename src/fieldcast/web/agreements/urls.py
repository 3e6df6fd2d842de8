"""Addresses of the public pages about agreements."""

from django.urls import URLPattern, path

from fieldcast.web.agreements import views

urlpatterns: list[URLPattern] = [
    path("verify/", views.ask, name="agreement_verify_ask"),
    path("verify/<str:sha256>/", views.verify, name="agreement_verify"),
]
