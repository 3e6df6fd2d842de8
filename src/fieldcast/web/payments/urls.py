"""Addresses of the payments pages."""

from django.urls import URLPattern, path

from fieldcast.web.payments import views

urlpatterns: list[URLPattern] = [
    path("notices/<str:provider>", views.notice, name="payment_notice"),
]
