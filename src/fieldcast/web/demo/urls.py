"""Addresses of the demo's people."""

from django.urls import URLPattern, path

from fieldcast.web.demo import views

urlpatterns: list[URLPattern] = [
    path("", views.people, name="demo_people"),
    path("viewers/", views.viewers, name="demo_viewers"),
    path("sign-in/<int:person_id>/", views.sign_in, name="demo_sign_in"),
]
