"""Addresses of the live pages."""

from django.urls import URLPattern, path

from fieldcast.web.live import following, views

urlpatterns: list[URLPattern] = [
    path("", views.listing, name="live"),
    path("<int:session_id>/", views.room, name="live_room"),
    path("<int:session_id>/state", views.state, name="live_state"),
    path("<int:session_id>/goods/<int:offer_id>", views.about_goods, name="live_goods"),
    path("<int:session_id>/video.m3u8", views.video, name="live_video"),
    path("<int:session_id>/host", following.host, name="live_host"),
    path("<int:session_id>/follow", following.follow, name="live_follow"),
    path("<int:session_id>/remind", following.remind, name="live_remind"),
    path("<int:session_id>/say", views.say, name="live_say"),
    path("<int:session_id>/like", views.like, name="live_like"),
    path("<int:session_id>/share", views.share, name="live_share"),
]
