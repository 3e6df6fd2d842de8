"""Addresses of the farmer's pages."""

from django.urls import URLPattern, path

from fieldcast.web.farm import accounts, agreements, cooperative, money, pay, services, views, votes

urlpatterns: list[URLPattern] = [
    path("", views.today, name="farm"),
    path("lots/", views.lots, name="farm_lots"),
    path("statements/", views.statements, name="farm_statements"),
    path("money/", money.money, name="farm_money"),
    path("pay/", pay.pay, name="farm_pay"),
    path("pay/rows/", pay.rows, name="farm_pay_rows"),
    path("account/", accounts.account, name="farm_account"),
    path("account/rows/", accounts.rows, name="farm_account_rows"),
    path("cooperative/", cooperative.page, name="farm_cooperative"),
    path("votes/<int:ballot_id>/", votes.vote, name="farm_vote"),
    path("agreements/", agreements.listing, name="farm_agreements"),
    path("services/<int:act_id>/confirm/", services.confirm, name="farm_service"),
    path("agreements/<int:version_id>/", agreements.detail, name="farm_agreement"),
    path("agreements/<int:version_id>/sign/", agreements.sign, name="farm_agreement_sign"),
    path("agreements/<int:version_id>/agreement.pdf", agreements.paper, name="farm_agreement_paper"),
]
