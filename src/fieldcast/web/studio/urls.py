"""Addresses of the studio's pages."""

from django.urls import URLPattern, path

from fieldcast.web.sessions import detail, listing, offers, plan
from fieldcast.web.studio.frame import STUDIO
from fieldcast.web.studio.views import pay, report, room, statements, today

HERE = {"frame": STUDIO}

urlpatterns: list[URLPattern] = [
    path("", today.today, name="studio"),
    path("new/", plan.plan, HERE, name="studio_new"),
    path("statements/", statements.listing, name="studio_statements"),
    path("pay/", pay.pay, name="studio_pay"),
    path("pay/rows/", pay.rows, name="studio_pay_rows"),
    path("sessions/", listing.listing, HERE, name="studio_sessions"),
    path("sessions/<int:session_id>/", detail.detail, HERE, name="studio_session"),
    path("sessions/<int:session_id>/edit/", plan.edit, HERE, name="studio_edit"),
    path("sessions/<int:session_id>/open", plan.open_now, HERE, name="studio_open"),
    path("sessions/<int:session_id>/end", plan.end, HERE, name="studio_end"),
    path("sessions/<int:session_id>/cancel", plan.cancel, HERE, name="studio_cancel"),
    path("sessions/<int:session_id>/report", report.report, name="studio_report"),
    path("sessions/<int:session_id>/offers/new/", offers.new, HERE, name="studio_offer_new"),
    path("sessions/<int:session_id>/explain", room.explain, name="studio_explain"),
    path("sessions/<int:session_id>/answer", room.answer, name="studio_answer"),
    path("sessions/<int:session_id>/announce", room.announce, name="studio_announce"),
    path("sessions/<int:session_id>/transcribe", room.transcribe, name="studio_transcribe"),
    path("messages/<int:message_id>/hide", room.hide, name="studio_hide"),
    path("offers/<int:offer_id>/", offers.edit, HERE, name="studio_offer"),
    path("offers/<int:offer_id>/close", offers.close, HERE, name="studio_offer_close"),
]
