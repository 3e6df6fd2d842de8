"""The platform's addresses as they are in demo mode."""

from django.urls import include, path

urlpatterns = [
    path("", include("fieldcast.config.urls")),
    path("demo/", include("fieldcast.web.demo.urls")),
]
