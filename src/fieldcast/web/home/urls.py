"""Address of the first page."""

from django.urls import URLPattern, path

from fieldcast.web.home import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
]
