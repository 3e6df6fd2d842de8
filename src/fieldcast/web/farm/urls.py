"""Addresses of the farmer's pages."""

from django.urls import URLPattern, path

from fieldcast.web.farm import accounts, agreements, money, pay, services, views

urlpatterns: list[URLPattern] = [
    path("", views.today, name="farm"),
    path("lots/", views.lots, name="farm_lots"),
    path("statements/", views.statements, name="farm_statements"),
    path("money/", money.money, name="farm_money"),
    path("pay/", pay.pay, name="farm_pay"),
    path("pay/rows/", pay.rows, name="farm_pay_rows"),
    path("account/", accounts.account, name="farm_account"),
    path("account/rows/", accounts.rows, name="farm_account_rows"),
    path("agreements/", agreements.listing, name="farm_agreements"),
    path("services/<int:act_id>/confirm/", services.confirm, name="farm_service"),
    path("agreements/<int:version_id>/", agreements.detail, name="farm_agreement"),
]
