"""Addresses of the farmer's pages."""

from django.urls import URLPattern, path

from fieldcast.web.farm import views

urlpatterns: list[URLPattern] = [
    path("", views.today, name="farm"),
    path("lots/", views.lots, name="farm_lots"),
    path("statements/", views.statements, name="farm_statements"),
]
