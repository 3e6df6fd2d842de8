"""What was agreed about the goods from a household's plots: every version they were offered under, word for word."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import ProductView
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_terms_of_goods
from fieldcast.web.farm.services import waiting
from fieldcast.web.shared.clauses import clauses, parties_of
from fieldcast.web.shared.workplace import Workplace, at_household


@require_GET
@at_household
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Every version that lots of the household are or were offered under, the newest first."""
    lots = catalog.lot_ids(county_id=place.county_id, household_id=place.id)
    versions = agreements.versions(ids=trade.versions_offered(lot_ids=lots))
    products = {one.code: one for one in catalog.products(county_id=place.county_id)}
    grown = set(catalog.product_codes_of_lots(lot_ids=lots).values())
    shown = [(one, _mine(one, products, grown)) for one in sorted(versions.values(), key=_newest)]
    return render(
        request, "farm/agreements.html", {"place": place, "agreements": shown, "waiting": waiting(place)}
    )


@require_GET
@at_household
def detail(request: HttpRequest, place: Workplace, version_id: int) -> HttpResponse:
    """One version whole: the least that is paid, every clause, who agreed and when."""
    version = load_terms_of_goods(by=place.by, version_id=version_id)
    products = {one.code: one for one in catalog.products(county_id=version.county_id)}
    lots = catalog.lot_ids(county_id=place.county_id, household_id=place.id)
    grown = set(catalog.product_codes_of_lots(lot_ids=lots).values())
    context = {
        "place": place,
        "version": version,
        "mine": _mine(version, products, grown),
        "clauses": clauses(version.terms, products),
        "parties": parties_of(version, agreements.consents_of(version_id=version.id)),
    }
    return render(request, "farm/agreement.html", context)


def _newest(version: VersionView) -> tuple[bool, float]:
    return (not version.latest, -version.created_at.timestamp())


def _mine(
    version: VersionView, products: Mapping[str, ProductView], grown: set[str]
) -> tuple[tuple[str, str], ...]:
    """What the version guarantees for what the household grows."""
    return tuple(price for clause in clauses(version.terms, products, only=grown) for price in clause.prices)
