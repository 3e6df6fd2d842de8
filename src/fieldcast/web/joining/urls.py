"""Addresses of the ways in."""

from django.urls import URLPattern, path

from fieldcast.web.joining import invitations, requests, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="join"),
    path("new/<slug:wish>/", views.ask, name="join_ask"),
    path("mine/<int:join_id>/", views.mine, name="join_mine"),
    path("mine/<int:join_id>/withdraw", views.withdraw, name="join_withdraw"),
    path("photos/<int:join_file_id>/", views.photo, name="join_photo"),
    path("requests/", requests.listing, name="join_requests"),
    path("requests/<int:join_id>/", requests.detail, name="join_request"),
    path("invitations/", invitations.listing, name="join_invitations"),
    path("invitations/<int:invitation_id>/withdraw", invitations.withdraw, name="join_invitation_withdraw"),
    path("invitations/<int:invitation_id>/answer", invitations.answer, name="join_invitation_answer"),
]
