"""Addresses of the cooperative's pages."""

from django.urls import URLPattern, path

from fieldcast.web.coop.frame import COOP
from fieldcast.web.coop.views import (
    agreement_steps,
    agreements,
    lot_files,
    lot_steps,
    lots,
    orders,
    outside,
    parcels,
    refunds,
    today,
)
from fieldcast.web.sessions import detail, listing, offers, plan

HERE = {"frame": COOP}
urlpatterns: list[URLPattern] = [
    path("", today.today, name="coop"),
    path("lots/", lots.listing, name="coop_lots"),
    path("lots/new/", lots.new, name="coop_lot_new"),
    path("lots/new/room/", lots.room, name="coop_lot_room"),
    path("lots/<int:lot_id>/", lots.detail, name="coop_lot"),
    path("lots/<int:lot_id>/events/<slug:kind>/", lot_steps.new_event, name="coop_lot_event"),
    path("lots/<int:lot_id>/write-off/", lot_steps.lose, name="coop_lot_write_off"),
    path("lots/<int:lot_id>/state/", lot_steps.set_state, name="coop_lot_state"),
    path("lots/<int:lot_id>/give-back/", lot_steps.give_back, name="coop_lot_give_back"),
    path("lots/<int:lot_id>/files/", lot_files.add, name="coop_lot_files"),
    path("lots/<int:lot_id>/files/<int:lot_file_id>/", lot_files.show, name="coop_lot_file"),
    path(
        "lots/<int:lot_id>/files/<int:lot_file_id>/withdraw/",
        lot_files.withdraw,
        name="coop_lot_file_withdraw",
    ),
    path("sessions/", listing.listing, HERE, name="coop_sessions"),
    path("sessions/new/", plan.plan, HERE, name="coop_session_new"),
    path("sessions/<int:session_id>/", detail.detail, HERE, name="coop_session"),
    path("sessions/<int:session_id>/edit/", plan.edit, HERE, name="coop_session_edit"),
    path("sessions/<int:session_id>/open/", plan.open_now, HERE, name="coop_session_open"),
    path("sessions/<int:session_id>/end/", plan.end, HERE, name="coop_session_end"),
    path("sessions/<int:session_id>/cancel/", plan.cancel, HERE, name="coop_session_cancel"),
    path("sessions/<int:session_id>/offers/new/", offers.new, HERE, name="coop_offer_new"),
    path("sessions/<int:session_id>/offers/sum/", offers.new_sum, name="coop_offer_sum"),
    path("sessions/offers/<int:offer_id>/", offers.edit, HERE, name="coop_offer"),
    path("sessions/offers/<int:offer_id>/sum/", offers.change_sum, name="coop_offer_change_sum"),
    path("sessions/offers/<int:offer_id>/close/", offers.close, HERE, name="coop_offer_close"),
    path("orders/", orders.listing, name="coop_orders"),
    path("orders/list.csv", orders.export, name="coop_orders_csv"),
    path("orders/together/", parcels.together, name="coop_orders_together"),
    path("orders/labels/", parcels.labels, name="coop_labels"),
    path("orders/ship/", parcels.ship, name="coop_ship"),
    path("orders/<str:number>/", orders.detail, name="coop_order"),
    path("orders/<str:number>/refund/", refunds.refund, name="coop_refund"),
    path("orders/<str:number>/refund/again/", refunds.again, name="coop_refund_again"),
    path("statements/", today.statements, name="coop_statements"),
    path("agreements/", agreements.listing, name="coop_agreements"),
    path("agreements/new/", agreement_steps.new, name="coop_agreement_new"),
    path("agreements/<int:version_id>/", agreements.detail, name="coop_agreement"),
    path("agreements/<int:version_id>/revise/", agreement_steps.revise, name="coop_agreement_revise"),
    path("agreements/<int:version_id>/consent/", agreements.consent, name="coop_agreement_consent"),
    path("outside/", outside.overview, name="coop_outside"),
    path("outside/orders/", outside.listing, name="coop_outside_orders"),
    path("outside/upload/", outside.upload, name="coop_outside_upload"),
]
