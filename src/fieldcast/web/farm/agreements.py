"""What was agreed about the goods from a household's plots: every version they were offered under, word for word."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.concerns import concerns_of, deterrence
from fieldcast.agreements.loaders import load_version_to_sign
from fieldcast.agreements.signing import may_sign
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.members import cooperative_ids
from fieldcast.catalog.types import ProductView
from fieldcast.kit.errors import NotFound
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_terms_of_goods
from fieldcast.trade.papers import agreement_paper
from fieldcast.web.farm.services import waiting
from fieldcast.web.shared.clauses import clauses, parties_of
from fieldcast.web.shared.papers import pdf_response
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.workplace import Workplace, at_household


@require_GET
@at_household
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Every version that lots of the household are or were offered under, the newest first."""
    lots = catalog.lot_ids(county_id=place.county_id, household_id=place.id)
    versions = agreements.versions(ids=trade.versions_offered(lot_ids=lots))
    sellers = {*cooperative_ids(household_id=place.id), place.id}
    for seller in sellers:  # what is to be signed before anything is offered under it
        versions |= {one.id: one for one in agreements.current_of(organisation_id=seller)}
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
    version = _load(place, version_id)
    products = {one.code: one for one in catalog.products(county_id=version.county_id)}
    lots = catalog.lot_ids(county_id=place.county_id, household_id=place.id)
    grown = set(catalog.product_codes_of_lots(lot_ids=lots).values())
    consents = agreements.consents_of(version_id=version.id)
    own = next((one for one in consents if one.organisation_id == place.id), None)
    signs = version.latest and not version.ended and place.manages and may_sign(version, place.id)
    context = {
        "place": place,
        "version": version,
        "mine": _mine(version, products, grown),
        "clauses": clauses(version.terms, products),
        "parties": parties_of(version, consents),
        "own": own,
        "signs": signs and own is None,
        "concerns": concerns_of(version, organisation_id=place.id) if signs else (),
        "deters": deterrence(version.terms),
    }
    return render(request, "farm/agreement.html", context)


@require_POST
@at_household
def sign(request: HttpRequest, place: Workplace, version_id: int) -> HttpResponse:
    """The household agrees by its own phone, ticking what hurts it."""
    place.must_manage()
    version = _load(place, version_id)
    return take(
        request,
        lambda: agreements_operations.consent(
            by=place.by,
            version_id=version.id,
            organisation_id=place.id,
            now=timezone.now(),
            accepts=request.POST.getlist("accepts"),
            sha256=request.POST.get("sha256", ""),
        ),
        back=reverse("farm_agreement", args=[version.id]),
        said=_("You have agreed. It is written down with your name and the time."),
    )


@require_GET
@at_household
def paper(request: HttpRequest, place: Workplace, version_id: int) -> HttpResponse:
    """The version as a PDF."""
    version = _load(place, version_id)
    return pdf_response(agreement_paper(version), name=f"{version.name} v{version.number}.pdf")


def _load(place: Workplace, version_id: int) -> VersionView:
    """A version that the household may sign, or that its goods are or were offered under; else `NotFound`."""
    try:
        return load_version_to_sign(by=place.by, version_id=version_id, household_id=place.id)
    except NotFound:
        return load_terms_of_goods(by=place.by, version_id=version_id)


def _newest(version: VersionView) -> tuple[bool, float]:
    return (not version.latest, -version.created_at.timestamp())


def _mine(
    version: VersionView, products: Mapping[str, ProductView], grown: set[str]
) -> tuple[tuple[str, str], ...]:
    """What the version guarantees for what the household grows."""
    return tuple(price for clause in clauses(version.terms, products, only=grown) for price in clause.prices)
