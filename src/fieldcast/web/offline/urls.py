"""Addresses of what works without a signal."""

from django.urls import URLPattern, path

from fieldcast.web.offline import views

urlpatterns: list[URLPattern] = [
    path("worker.js", views.worker, name="offline_worker"),
    path("offline/", views.here, name="offline"),
    path("offline/<slug:language>/", views.in_language, name="offline_in"),
]
