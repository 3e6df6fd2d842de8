"""Addresses of the county's pages."""

from django.urls import URLPattern, path

from fieldcast.web.county.views import (
    agreements,
    bonds,
    checks,
    cover,
    figures,
    households,
    letters,
    lots,
    orders,
    refunds,
    sessions,
    settlement,
    today,
)

urlpatterns: list[URLPattern] = [
    path("", today.dashboard, name="county"),
    path("attention/", today.attention, name="county_attention"),
    path("histories/", today.histories, name="county_histories"),
    path("notices/", today.notices, name="county_notices"),
    path("figures/<slug:slug>/", figures.figure, name="county_figure"),
    path("households/", households.listing, name="county_households"),
    path("lots/<int:lot_id>/", lots.detail, name="county_lot"),
    path("lots/<int:lot_id>/give-back/", lots.give_back, name="county_lot_give_back"),
    path("sessions/", sessions.listing, name="county_sessions"),
    path("sessions/<int:session_id>/", sessions.detail, name="county_session"),
    path("orders/", orders.listing, name="county_orders"),
    path("orders/<str:number>/", orders.detail, name="county_order"),
    path("orders/<str:number>/again/", orders.again, name="county_order_again"),
    path("refunds/", refunds.listing, name="county_refunds"),
    path("refunds/<int:request_id>/", refunds.detail, name="county_refund"),
    path("letters/<int:conversation_id>/", letters.detail, name="county_letter"),
    path("settlement/", settlement.listing, name="county_settlement"),
    path("settlement/agreements/", agreements.overview, name="county_agreements"),
    path("settlement/agreements/ceiling/", agreements.ceiling, name="county_ceiling"),
    path("settlement/agreements/force-majeure/", agreements.force_majeure, name="county_force_majeure"),
    path("cover/", cover.overview, name="county_cover"),
    path("cover/money/", cover.money, name="county_cover_money"),
    path("cover/funds/new/", cover.fund, name="county_fund_new"),
    path("cover/limits/", cover.limit, name="county_cover_limit"),
    path("cover/letters/new/", bonds.letter, name="county_bond_letter"),
    path("cover/penalties/new/", cover.penalty, name="county_penalty_new"),
    path("checks/", checks.checks, name="county_checks"),
]
