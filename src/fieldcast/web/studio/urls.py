"""Addresses of the studio's pages."""

from django.urls import URLPattern, path

from fieldcast.web.studio.views import offers, room, sessions, statements, today

urlpatterns: list[URLPattern] = [
    path("", today.today, name="studio"),
    path("new/", sessions.new, name="studio_new"),
    path("statements/", statements.listing, name="studio_statements"),
    path("sessions/", sessions.listing, name="studio_sessions"),
    path("sessions/<int:session_id>/", sessions.detail, name="studio_session"),
    path("sessions/<int:session_id>/edit/", sessions.edit, name="studio_edit"),
    path("sessions/<int:session_id>/open", sessions.open_now, name="studio_open"),
    path("sessions/<int:session_id>/end", sessions.end, name="studio_end"),
    path("sessions/<int:session_id>/cancel", sessions.cancel, name="studio_cancel"),
    path("sessions/<int:session_id>/report", sessions.report, name="studio_report"),
    path("sessions/<int:session_id>/offers/new/", offers.new, name="studio_offer_new"),
    path("sessions/<int:session_id>/explain", room.explain, name="studio_explain"),
    path("sessions/<int:session_id>/answer", room.answer, name="studio_answer"),
    path("sessions/<int:session_id>/announce", room.announce, name="studio_announce"),
    path("sessions/<int:session_id>/transcribe", room.transcribe, name="studio_transcribe"),
    path("messages/<int:message_id>/hide", room.hide, name="studio_hide"),
    path("offers/<int:offer_id>/", offers.edit, name="studio_offer"),
    path("offers/<int:offer_id>/close", offers.close, name="studio_offer_close"),
]
