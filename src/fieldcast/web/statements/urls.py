"""Addresses of statements."""

from django.urls import URLPattern, path

from fieldcast.web.statements import views

urlpatterns: list[URLPattern] = [
    path("carrier/", views.of_carrier, name="carrier_statements"),
    path("<int:statement_id>/", views.statement, name="statement"),
    path("<int:statement_id>/lines.csv", views.lines_csv, name="statement_csv"),
]
