"""Addresses of the way in."""

from django.urls import URLPattern, path

from fieldcast.web.entrance import forgotten, papers

urlpatterns: list[URLPattern] = [
    path("me/forgotten/", forgotten.forgotten, name="forgotten"),
    path("me/forgotten/code", forgotten.send_code, name="forgotten_code"),
    path("terms/", papers.terms, name="terms"),
    path("privacy/", papers.privacy, name="privacy"),
]
