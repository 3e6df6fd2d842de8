"""Deposits, named funds and their limits: written down by the county's authority, read by whom they stand behind."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from fieldcast.accounts.loaders import load_county, load_organisation
from fieldcast.accounts.types import CountyRef, SignedIn
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.types import FundView, MoneyView
from fieldcast.api.cover.schemas import BackingIn, DepositIn, FundIn, MoneyIn
from fieldcast.api.fields import PageNumber, PathId
from fieldcast.api.once import once
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.types import Standing
from fieldcast.trade import operations as trade_operations

router = Router(tags=["cover"])
WHO = _("the county's supervisors")


@router.get(
    "/county/cover", response={200: list[Standing], **RESPONSES}, summary="What stands behind cooperatives"
)
def list_cover(request: HttpRequest) -> Any:
    """Every cooperative's deposit, what funds back, what is pledged and owed, and what waits for cover."""
    return list(settlement.standings(county_id=_office(request)[1].id))


@router.get(
    "/organisations/{organisation_id}/cover",
    response={200: Standing, **RESPONSES},
    summary="What stands behind us",
)
def get_cover(request: HttpRequest, organisation_id: PathId) -> Any:
    """The same of one cooperative, for its members and the authority."""
    organisation = load_organisation(
        by=person_of(request), organisation_id=organisation_id, perm="accounts.see_organisation_statements"
    )
    return settlement.standing(cooperative_id=organisation.id)


@router.get("/county/funds", response={200: list[FundView], **RESPONSES}, summary="Funds")
def list_funds(request: HttpRequest) -> Any:
    """The county's funds with their cash, what is owed to them, and whom they stand behind."""
    return list(cover.funds(county_id=_office(request)[1].id))


@router.post("/county/funds", response={201: FundView, **RESPONSES}, summary="Found a fund")
@once
def found_fund(request: HttpRequest, body: FundIn) -> Any:
    """Found a named fund; it has no money until some is written down for it."""
    person, county = _office(request)
    with transaction.atomic():
        fund = cover_operations.found_fund(by=person, county_id=county.id, **body.dict(), now=timezone.now())
    return Status(201, fund)


@router.get("/county/money", response={200: PageOut[MoneyView], **RESPONSES}, summary="Money written down")
def list_cover_money(request: HttpRequest, page: PageNumber = 1) -> Any:
    """Bank slips for deposits and funds, newest first."""
    return page_of(cover.money(county_id=_office(request)[1].id, page=page))


@router.post(
    "/county/deposits", response={201: MoneyView, 200: MoneyView, **RESPONSES}, summary="A deposit came"
)
@once
def receive_deposit(request: HttpRequest, body: DepositIn) -> Any:
    """Write down a cooperative's deposit; the same slip again changes nothing (status 200)."""
    person, _county = _office(request)
    with transaction.atomic():
        return _written(cover_operations.receive_deposit(by=person, **body.dict(), now=timezone.now()))


@router.post(
    "/county/deposits/back",
    response={201: MoneyView, 200: MoneyView, **RESPONSES},
    summary="A deposit went back",
)
@once
def give_deposit_back(request: HttpRequest, body: DepositIn) -> Any:
    """Write down a deposit that went back: only what is neither pledged nor owed."""
    person, _county = _office(request)
    with transaction.atomic():
        return _written(trade_operations.give_deposit_back(by=person, **body.dict(), now=timezone.now()))


@router.post(
    "/funds/{fund_id}/money",
    response={201: MoneyView, 200: MoneyView, **RESPONSES},
    summary="Money came for a fund",
)
@once
def receive_for_fund(request: HttpRequest, fund_id: PathId, body: MoneyIn) -> Any:
    """Write down money for a fund; the same slip again changes nothing (status 200)."""
    person, _county = _office(request)
    with transaction.atomic():
        found = cover_operations.receive_for_fund(
            by=person, fund_id=fund_id, **body.dict(), now=timezone.now()
        )
    return _written(found)


@router.post("/funds/{fund_id}/backings", response={201: FundView, **RESPONSES}, summary="Set a limit")
@once
def set_backing(request: HttpRequest, fund_id: PathId, body: BackingIn) -> Any:
    """Let a fund stand behind a cooperative with up to so much; never with more than the fund has free."""
    person, _county = _office(request)
    with transaction.atomic():
        fund = trade_operations.set_backing(by=person, fund_id=fund_id, **body.dict(), now=timezone.now())
    return Status(201, fund)


def _office(request: HttpRequest) -> tuple[SignedIn, CountyRef]:
    person = person_of(request)
    return person, load_county(by=person, county_id=person.county_id, who=WHO)


def _written(money: MoneyView) -> Any:
    return Status(200 if money.repeated else 201, money)
