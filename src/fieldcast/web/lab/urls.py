"""Addresses of the policy laboratory."""

from django.urls import URLPattern, path

from fieldcast.web.lab import views

urlpatterns: list[URLPattern] = [
    path("", views.lab, name="lab"),
    path("answer", views.answer, name="lab_answer"),
    path("<slug:picture>.<slug:suffix>", views.export, name="lab_export"),
]
